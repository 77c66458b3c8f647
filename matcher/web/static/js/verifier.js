/* Checks signed records and badges in the browser, without a network: the page carries the keys,
   the lists of what was taken back and all its words in data-pinned. Read by /verify and, written
   into one file, by people who keep it. Nothing found in a credential is ever read as markup.
   Two parts: what is true of a token (check), and how it is told (show). */
(function () {
  "use strict";
  var root = document.getElementById("verifier");
  if (!root || !root.dataset.pinned) return;
  var pinned = JSON.parse(root.dataset.pinned);
  var language = root.dataset.language in pinned.words ? root.dataset.language : "ko";
  if (root.dataset.choose && !/^ko/i.test(navigator.language || "ko")) language = "en";

  var MOST = 256 * 1024, MOST_FILE = 2 * 1024 * 1024, MOST_INSIDE = 30, MOST_ENTRIES = 8, OLD = 7 * 864e5, SKEW = 6e4;
  var BASES = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"];
  var TYPES = ["", "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt", "vc+ld+json", "vc"];
  var SAID = { revocation: "revoked", suspension: "suspended" };
  var TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/;
  var PART = /^(?:[^\s#]*#)?([1-9])\/([1-9])\/([0-9a-f]{8})\/([A-Za-z0-9_.-]+)$/;
  var MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;
  var WORST = ["invalid", "wrong_recipient", "revoked", "suspended", "expired", "unverifiable",
    "authentic_unknown_issuer", "verified"];

  /* ---- bytes ---- */
  function Refused(code, verdict, details) {
    this.finding = { verdict: verdict || "invalid", code: code, details: details || {} };
  }
  function refuse(code, verdict, details) { throw new Refused(code, verdict, details); }

  var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  function bytesOf(text) {  // base64url, one spelling of each only
    var out = [], held = 0, bits = 0;
    for (var i = 0; i < text.length; i++) {
      var value = LETTERS.indexOf(text.charAt(i));
      if (value < 0) refuse("not_a_credential");
      held = (held << 6) | value; bits += 6;
      if (bits >= 8) { bits -= 8; out.push((held >> bits) & 255); held &= (1 << bits) - 1; }
    }
    if (bits >= 6 || held) refuse("token_broken");
    return new Uint8Array(out);
  }
  function textOf(bytes) {
    try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes); }
    catch (_error) { return refuse("json_broken"); }
  }
  function utf8(text) { return new TextEncoder().encode(text); }
  function hex(bytes) {
    return Array.prototype.map.call(bytes, function (b) { return (b < 16 ? "0" : "") + b.toString(16); }).join("");
  }
  function objectOf(text) {
    var value;
    try { value = JSON.parse(text); } catch (_error) { refuse("json_broken"); }
    if (!isObject(value)) refuse("not_an_object");
    return value;
  }
  function isObject(value) { return typeof value === "object" && value !== null && !Array.isArray(value); }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  function listOf(value) { return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]; }
  function said(value) { return typeof value === "string" ? value : ""; }

  /* ---- SHA-256 (FIPS 180-4), for the hashed address of whom a credential names ---- */
  var K = [];
  (function () {
    for (var n = 2; K.length < 64; n++) {
      for (var d = 2; d * d <= n && n % d; d++);
      if (d * d > n) K.push(Math.floor((Math.cbrt(n) - Math.floor(Math.cbrt(n))) * 4294967296) | 0);
    }
  })();
  function sha256(bytes) {
    var h = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    var size = bytes.length, whole = new Uint8Array((((size + 8) >> 6) + 1) << 6);
    whole.set(bytes); whole[size] = 128;
    new DataView(whole.buffer).setUint32(whole.length - 4, size * 8);
    var view = new DataView(whole.buffer), w = [], turn = function (x, n) { return (x >>> n) | (x << (32 - n)); };
    for (var at = 0; at < whole.length; at += 64) {
      for (var i = 0; i < 64; i++) {
        if (i < 16) { w[i] = view.getInt32(at + 4 * i); continue; }
        var a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      var s = h.slice();
      for (i = 0; i < 64; i++) {
        var one = (s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i]) | 0;
        var two = ((turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]))) | 0;
        s = [(one + two) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
      }
      h = h.map(function (x, j) { return (x + s[j]) | 0; });
    }
    return h.map(function (x) { return ("0000000" + (x >>> 0).toString(16)).slice(-8); }).join("");
  }

  /* ---- Ed25519: the browser's own where it has it, else TweetNaCl ---- */
  var ORDER = [237, 211, 245, 92, 26, 99, 18, 88, 214, 156, 247, 162, 222, 249, 222, 20,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16];
  function isReduced(signature) {  // RFC 8032, 5.1.7: the same signature has one spelling
    for (var i = 31; i >= 0; i--) if (signature[32 + i] !== ORDER[i]) return signature[32 + i] < ORDER[i];
    return false;
  }
  function isSigned(message, signature, key) {
    if (signature.length !== 64 || key.length !== 32 || !isReduced(signature)) return Promise.resolve(false);
    var own = function () { root.dataset.engine = "own"; return window.nacl.sign.detached.verify(message, signature, key); };
    var subtle = window.crypto && window.crypto.subtle;
    if (!subtle) return Promise.resolve(own());
    return Promise.resolve().then(function () { return subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]); })
      .then(function (made) {
        root.dataset.engine = "browser";
        return subtle.verify({ name: "Ed25519" }, made, signature, message);
      }, own);
  }

  /* ---- keys ---- */
  var BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  function base58(text) {
    var bytes = [];
    for (var i = 0; i < text.length; i++) {
      var carry = BITCOIN.indexOf(text.charAt(i));
      if (carry < 0) return new Uint8Array(0);
      for (var j = 0; j < bytes.length; j++) { carry += bytes[j] * 58; bytes[j] = carry & 255; carry >>= 8; }
      while (carry) { bytes.push(carry & 255); carry >>= 8; }
    }
    return new Uint8Array(bytes.reverse());
  }
  function ownKey(issuer) {  // a did:key carries its key, 0xed 0x01 and 32 bytes; a did:jwk a public JWK
    if (issuer.indexOf("did:jwk:") === 0) return jwkKey(issuer.slice(8));
    var found = /^did:key:z([1-9A-HJ-NP-Za-km-z]{40,60})$/.exec(issuer);
    var bytes = found ? base58(found[1]) : new Uint8Array(0);
    return bytes.length === 34 && bytes[0] === 237 && bytes[1] === 1 ? bytes.slice(2) : null;
  }
  function jwkKey(letters) {
    try {
      var jwk = objectOf(textOf(bytesOf(letters)));
      var mine = jwk.kty === "OKP" && jwk.crv === "Ed25519" && !has(jwk, "d") && (!has(jwk, "use") || jwk.use === "sig");
      var bytes = mine ? bytesOf(said(jwk.x)) : [];
      return bytes.length === 32 ? bytes : null;
    } catch (_error) { return null; }
  }
  function end(name) { return name.slice(name.lastIndexOf("#") + 1); }
  function keysOf(issuer, kid) {  // {keys, theirs}: whichever of them signed; theirs = known to be the issuer's
    var named = kid.split("#")[0], own = ownKey(issuer);
    var known = has(pinned.issuers, issuer) ? pinned.issuers[issuer].keys : [];
    if (named.indexOf("did:") === 0 && named !== issuer && (issuer.indexOf("did:") === 0 || known.length)) refuse("key_of_another");
    if (own) return { keys: [own], theirs: true };
    if (known.length) {
      var chosen = known.filter(function (each) { return kid && each.id && end(each.id) === end(kid); });
      var nameless = known.filter(function (each) { return !each.id || !kid; });
      if (!chosen.length) chosen = nameless;
      if (!chosen.length) refuse("key_not_found", "unverifiable", { issuer: issuer, key: kid });
      return { keys: chosen.map(function (each) { return bytesOf(each.x); }), theirs: true };
    }
    var brought = ownKey(named);
    return brought ? { keys: [brought], theirs: false } : refuse("key_not_at_hand", "unverifiable", { issuer: issuer });
  }

  /* ---- one token ---- */
  function parsed(token) {
    if (token.length > MOST) refuse("too_large", "invalid", { limit: "256 KB" });
    if (!TOKEN.test(token)) refuse("not_a_credential");
    var parts = token.split(".");
    var header = objectOf(textOf(bytesOf(parts[0])));
    var body = objectOf(textOf(bytesOf(parts[1])));
    return { header: header, body: body, signature: bytesOf(parts[2]), message: utf8(parts[0] + "." + parts[1]) };
  }
  function checkHeader(header) {
    if (["EdDSA", "ES256", "ES384", "RS256", "PS256"].indexOf(header.alg) < 0) refuse("algorithm_refused", "invalid", { algorithm: String(header.alg).slice(0, 20) });
    ["crit", "b64"].forEach(function (name) { if (has(header, name)) refuse("header_refused", "invalid", { name: name }); });
    if (has(header, "kid") && typeof header.kid !== "string") refuse("header_refused", "invalid", { name: "kid" });
    var typ = has(header, "typ") ? header.typ : "";
    if (typeof typ !== "string" || TYPES.indexOf(typ.toLowerCase().replace(/^application\//, "")) < 0) refuse("header_refused", "invalid", { name: "typ" });
  }
  function checkShape(body) {  // the issuer of a credential about one subject
    if (has(body, "vc")) refuse("wrapper_old");
    if (listOf(body.type).indexOf("VerifiableCredential") < 0) refuse("type_missing");
    if (BASES.indexOf(listOf(body["@context"])[0]) < 0) refuse("context_missing");
    var subjects = listOf(body.credentialSubject);
    if (subjects.length !== 1 || !isObject(subjects[0])) refuse("subject_unclear");
    ["id", "issuer", "credentialSubject"].forEach(function (name) { identifier(body[name], name); });
    return identifier(body.issuer, "issuer") || refuse("member_broken", "invalid", { name: "issuer" });
  }
  function identifier(value, name) {
    var id = isObject(value) || Array.isArray(value) ? listOf(value)[0].id : value;
    if (id === undefined || id === null) return "";
    return typeof id === "string" && id.length <= 500 ? id : refuse("member_broken", "invalid", { name: name });
  }
  function moment(value, name) {
    if (value === undefined || value === null) return null;
    var at = typeof value === "string" && MOMENT.test(value) ? Date.parse(value) : NaN;
    return isNaN(at) ? refuse("date_unreadable", "invalid", { name: name }) : at;
  }
  function seconds(value, name) {
    if (value === undefined || value === null) return null;
    return typeof value === "number" && isFinite(value) ? value * 1000 : refuse("date_unreadable", "invalid", { name: name });
  }
  function either(body, first, second) { return moment(has(body, first) ? body[first] : body[second], first); }
  function begins(body) { return either(body, "validFrom", "issuanceDate"); }
  function ends(body) { return either(body, "validUntil", "expirationDate"); }
  function subjectOf(body) { return listOf(body.credentialSubject)[0]; }
  function finding(verdict, code, details) { return { verdict: verdict, code: code, details: details || {} }; }
  function checkAgreement(body, issuer) {
    var own = { iss: issuer, sub: identifier(body.credentialSubject, "credentialSubject"), jti: identifier(body.id, "id") };
    var differs = Object.keys(own).filter(function (name) { return has(body, name) && body[name] !== own[name]; });
    [["nbf", begins], ["exp", ends]].forEach(function (pair) {
      var claim = seconds(body[pair[0]], pair[0]), said = pair[1](body);
      if (claim !== null && said !== null && Math.abs(claim - said) > 1000) differs.push(pair[0]);
    });
    return differs.map(function (name) { return finding("invalid", "claim_differs", { name: name }); });
  }
  function checkTime(body, now) {
    var from = begins(body), until = ends(body), found = [];
    if (from === null) from = seconds(body.nbf, "nbf");
    if (until === null) until = seconds(body.exp, "exp");
    if (from !== null && from > now + SKEW) found.push(finding("invalid", "not_yet_valid", { at: from }));
    if (until !== null && until <= now) found.push(finding("expired", "expired", { at: until }));
    if (from !== null && until !== null && from > until) found.push(finding("invalid", "dates_crossed"));
    return found;
  }
  function checkStatus(body, issuer, now) {
    if (listOf(body.credentialStatus).length > MOST_ENTRIES) return [finding("invalid", "status_broken")];
    return [].concat.apply([], listOf(body.credentialStatus).map(function (entry) {
      try { return checkEntry(entry, issuer, now); } catch (error) { return [found(error)]; }
    }));
  }
  function found(error) {
    if (!(error instanceof Refused)) throw error;
    return error.finding;
  }
  function checkEntry(entry, issuer, now) {
    if (!isObject(entry)) refuse("status_broken");
    var kinds = listOf(entry.type), address = entry.statusListCredential, purpose = entry.statusPurpose;
    if (kinds.indexOf("BitstringStatusListEntry") < 0 && kinds.indexOf("StatusList2021Entry") < 0) refuse("status_unsupported", "unverifiable");
    var index = String(entry.statusListIndex);
    if (!said(address) || !said(purpose) || !/^[0-9]{1,12}$/.test(index)) refuse("status_broken");
    if (!has(SAID, purpose)) refuse("status_unsupported", "unverifiable");
    var list = has(pinned.lists, address) ? pinned.lists[address] : refuse("status_list_not_at_hand", "unverifiable");
    if (list.issuer !== issuer) refuse("status_list_other_issuer", "unverifiable");
    if (list.purposes.indexOf(purpose) < 0) refuse("status_list_purpose", "unverifiable");
    if (Number(index) >= list.length) refuse("status_index");
    var all = [], made = Date.parse(list.made);
    if (list.set.indexOf(Number(index)) >= 0) all.push(finding(SAID[purpose], purpose));
    if (list.until && Date.parse(list.until) <= now) all.push(finding("unverifiable", "status_list_expired"));
    if (now - made > OLD) all.push(finding("verified", "status_list_old", { days: days(made, now) }));
    return all;
  }
  function checkRecipient(body, email) {
    var subject = subjectOf(body), id = identifier(subject, "credentialSubject");
    var names = listOf(subject.identifier).filter(function (each) { return isObject(each) && said(each.identityHash); });
    if (!id && !names.length) return [finding(email ? "wrong_recipient" : "verified", "names_nobody")];
    if (!email) return [];
    var is = mail(id.replace(/^mailto:/i, "")) === mail(email) || names.some(function (each) { return isNamed(each, email); });
    return is ? [] : [finding("wrong_recipient", "recipient_differs")];
  }
  function mail(text) { return text.trim().normalize("NFC").toLowerCase(); }
  function isNamed(identity, email) {
    var value = identity.identityHash, salt = said(identity.salt);
    if (identity.hashed !== true) return mail(value) === mail(email);
    return [email, email.normalize("NFC"), mail(email)].some(function (text) {
      return value.toLowerCase() === "sha256$" + sha256(utf8(text + salt));
    });
  }
  function checkSignature(read, issuer) {
    var chosen = keysOf(issuer, read.header.kid || "");
    if (read.header.alg !== "EdDSA") refuse("key_kind", "invalid", { algorithm: read.header.alg });
    return Promise.all(chosen.keys.map(function (key) { return isSigned(read.message, read.signature, key); }))
      .then(function (all) {
        if (!all.some(Boolean)) refuse("signature_wrong");
        if (!has(pinned.issuers, issuer)) return [finding("authentic_unknown_issuer", "issuer_unknown", { issuer: issuer })];
        return chosen.theirs ? [] : [finding("unverifiable", "key_not_at_hand", { issuer: issuer })];
      });
  }

  function check(token, email, now, isMember) {
    var all = [], read = null, issuer = "";
    return Promise.resolve().then(function () {
      read = parsed(token);
      checkHeader(read.header);
      issuer = checkShape(read.body);
      all = checkAgreement(read.body, issuer).concat(
        checkTime(read.body, now), checkRecipient(read.body, email), checkStatus(read.body, issuer, now));
      return checkSignature(read, issuer);
    }).then(function (signed) {
      return checkInside(read.body, issuer, now, isMember).then(function (members) { return signed.concat(members); });
    }).catch(function (error) { return [found(error)]; }).then(function (last) {
      return told(all.concat(last), read && read.body, issuer);
    });
  }
  /* What a record holds: a token is checked as one; a document only where the record's own signature
     is its issuer's word, for signatures inside a document are beyond this page. */
  function checkInside(body, issuer, now, isMember) {
    var members = listOf(subjectOf(body).verifiableCredential);
    if (isMember && members.length) return Promise.resolve([finding("unverifiable", "inside_deeper")]);
    if (members.length > MOST_INSIDE) return Promise.resolve([finding("unverifiable", "inside_too_many", { limit: MOST_INSIDE })]);
    return Promise.all(members.map(function (each, at) {
      return Promise.resolve().then(function () { return member(each, issuer, now); })
        .catch(function (error) { return told([found(error)], null, ""); })
        .then(function (result) { return inside(result, isObject(each) ? each : result.body, at + 1); });
    })).then(function (all) { return [].concat.apply([], all); });
  }
  function member(each, issuer, now) {
    var token = typeof each === "string" ? each : isObject(each) ? enveloped(each) : "";
    if (token) return check(token, "", now, true);
    if (!isObject(each)) refuse("member_broken", "invalid", { name: "verifiableCredential" });
    var own = checkShape(each), held = listOf(subjectOf(each).verifiableCredential).length;
    if (own !== issuer) refuse(has(each, "proof") ? "proof_not_here" : "inside_unsigned", "unverifiable", { issuer: own });
    return told(checkTime(each, now).concat(checkStatus(each, issuer, now), held ? [finding("unverifiable", "inside_deeper")] : []), each, issuer);
  }
  function inside(result, body, number) {
    if (result.verdict === "verified") return result.reasons.filter(function (each) { return each.code === "status_list_old"; });
    var subject = body && isObject(body.credentialSubject) ? body.credentialSubject : {};
    var name = said((isObject(subject.achievement) ? subject.achievement : {}).name) || said(body && body.name) || "–";
    var why = result.reasons.map(function (each) {
      return { verdict: "verified", code: each.code, details: Object.assign({}, each.details, { inside: number }) };
    });
    return [finding(result.verdict, "inside", { number: number, name: name, told: result.verdict })].concat(why);
  }

  function told(found, body, issuer) {
    var verdicts = found.map(function (each) { return each.verdict; });
    var verdict = WORST.filter(function (each) { return verdicts.indexOf(each) >= 0; })[0] || "verified";
    var keys = found.map(function (each) { return JSON.stringify([each.code, each.details.number, each.details.inside]); });
    var once = found.filter(function (_each, at) { return keys.indexOf(keys[at]) === at; });
    return { verdict: verdict, reasons: once, body: body, issuer: issuer };
  }
  function refusedOnce(error) {
    return told([found(error)], null, "");
  }

  /* ---- what was handed in: tokens, parts of codes, JSON, pictures ---- */
  function tokensIn(text) {
    var bare = text.replace(/^\uFEFF/, "").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    if (!bare) return refuse("empty");
    if (bare.charAt(0) === "{") return tokensOfJson(objectOf(bare));
    if (bare.charAt(0) === "<") return tokensIn(fromSvg(bare));
    if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+~/.test(bare)) refuse("facts_not_here", "unverifiable");
    var words = bare.split(/[ \t\r\n]+/), parts = words.map(function (word) { return PART.exec(word); });
    var isParts = parts.some(Boolean);
    if (isParts && !parts.every(Boolean)) refuse("not_a_credential");
    return isParts ? [joined(parts)] : words;
  }
  function joined(parts) {
    var of = Number(parts[0][2]), mark = parts[0][3], pieces = {}, missing = [];
    parts.forEach(function (part) {
      if (Number(part[2]) !== of || part[3] !== mark) refuse("parts_mixed");
      if (has(pieces, part[1]) && pieces[part[1]] !== part[4]) refuse("parts_mixed");
      pieces[part[1]] = part[4];
    });
    for (var n = 1; n <= of; n++) if (!has(pieces, n)) missing.push(n);
    if (missing.length) refuse("parts_missing", "unverifiable", { numbers: missing.join(", "), of: of });
    if (Object.keys(pieces).length !== of) refuse("parts_mixed");
    var token = "";
    for (n = 1; n <= of; n++) token += pieces[n];
    if (hex(window.nacl.hash(utf8(token))).slice(0, 8) !== mark) refuse("parts_broken");
    return token;
  }
  function enveloped(value) {
    var ENVELOPE = "data:application/vc+jwt,", id = said(value.id);
    return id.indexOf(ENVELOPE) === 0 ? id.slice(ENVELOPE.length) : "";
  }
  function tokensOfJson(value) {
    if (has(value, "proof")) refuse("proof_not_here", "unverifiable");
    var found = [value].concat(listOf(value.verifiableCredential)).map(function (each) {
      return typeof each === "string" ? each : isObject(each) ? enveloped(each) : "";
    }).filter(Boolean);
    return found.length ? found : refuse("proof_missing");
  }
  function fromSvg(text) {
    if (/<!ENTITY|<!DOCTYPE/i.test(text)) refuse("picture_broken");
    var read = new DOMParser().parseFromString(text, "image/svg+xml");
    if (read.getElementsByTagName("parsererror").length) refuse("picture_broken");
    var nodes = [].concat(
      Array.prototype.slice.call(read.getElementsByTagNameNS("https://purl.imsglobal.org/ob/v3p0", "credential")),
      Array.prototype.slice.call(read.getElementsByTagNameNS("http://openbadges.org", "assertion")));
    if (!nodes.length) refuse("picture_empty");
    if (nodes.length > 1) refuse("picture_doubled");
    return nodes[0].getAttribute("verify") || nodes[0].textContent || "";
  }
  function fromPng(bytes) {
    var view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at = 8, found = [];
    while (at + 12 <= bytes.length) {
      var size = view.getUint32(at), kind = String.fromCharCode.apply(null, bytes.subarray(at + 4, at + 8));
      if (size > bytes.length - at - 12) return refuse("picture_broken");
      if (kind === "iTXt") carried(bytes.subarray(at + 8, at + 8 + size), found);
      at += size + 12;
    }
    if (!found.length) refuse("picture_empty");
    if (found.length > 1) refuse("picture_doubled");
    return found[0];
  }
  function carried(chunk, found) {  // keyword 0 flag method language 0 translated 0 text
    var zero = chunk.indexOf(0), keyword = String.fromCharCode.apply(null, chunk.subarray(0, Math.max(0, Math.min(zero, 79))));
    if (keyword !== "openbadgecredential" && keyword !== "openbadges") return;
    var packed = chunk[zero + 1] === 1, end = chunk.indexOf(0, zero + 3), start = chunk.indexOf(0, end + 1);
    if (end < 0 || start < 0) refuse("picture_broken");
    if (packed) refuse("picture_packed", "unverifiable");
    found.push(textOf(chunk.subarray(start + 1)));
  }
  function textOfFile(file) {
    if (file.size > MOST_FILE) return Promise.reject(new Refused("too_large", "invalid", { limit: "2048 KB" }));
    return file.arrayBuffer().then(function (buffer) {
      var bytes = new Uint8Array(buffer);
      return bytes[0] === 137 && bytes[1] === 80 && bytes[2] === 78 && bytes[3] === 71 ? fromPng(bytes) : textOf(bytes);
    });
  }

  /* ---- telling ---- */
  function word(key, values) {
    var text = has(pinned.words[language], key) ? pinned.words[language][key] : key;
    return text.replace(/%\((\w+)\)s/g, function (_all, name) {
      var value = values && has(values, name) ? values[name] : "";
      return name === "at" ? day(value) : name === "told" ? word("verdict_" + value) : String(value);
    });
  }
  function reasonWords(each) {
    var text = word("reason_" + each.code, each.details);
    return each.details.inside ? word("inside_number", { number: each.details.inside, text: text }) : text;
  }
  function day(at) {
    try { return new Intl.DateTimeFormat(language, { timeZone: "Asia/Seoul", dateStyle: "long" }).format(new Date(at)); }
    catch (_error) { return new Date(at + 9 * 36e5).toISOString().slice(0, 10); }
  }
  function days(from, to) { return Math.max(0, Math.floor((to - from) / 864e5)); }
  function element(name, text, kind) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }
  function named(table, key, own) {
    var pair = has(table, key) ? table[key] : null;
    return pair ? pair[language === "ko" ? 0 : 1] : own || key;
  }
  var LOOK = { verified: "ok", authentic_unknown_issuer: "warn", unverifiable: "warn", expired: "warn", suspended: "warn" };

  function card(result) {
    var box = element("article", "", "verdict verdict-" + (LOOK[result.verdict] || "bad"));
    box.dataset.verdict = result.verdict;
    box.dataset.codes = result.reasons.map(function (each) { return each.code; }).join(" ");
    box.appendChild(element("h2", word("verdict_" + result.verdict)));
    var reasons = element("ul", "", "reasons");
    result.reasons.forEach(function (each) { reasons.appendChild(element("li", reasonWords(each))); });
    if (result.reasons.length) box.appendChild(reasons);
    if (result.body) says(box, result);
    return box;
  }
  function says(box, result) {
    var body = result.body, subject = isObject(listOf(body.credentialSubject)[0]) ? listOf(body.credentialSubject)[0] : {}, rows = element("dl");
    box.appendChild(element("h3", word(result.verdict === "invalid" ? "says_not_proved" : "says")));
    row(rows, "issuer", (has(pinned.issuers, result.issuer) && pinned.issuers[result.issuer].name) || (isObject(body.issuer) && said(body.issuer.name)) || "");
    row(rows, "issuer_id", result.issuer);
    row(rows, "name", said(subject.name));
    row(rows, "named", listOf(subject.identifier).length ? word("named_hashed") : "");
    var achievement = isObject(subject.achievement) ? subject.achievement : {};
    row(rows, "achievement", said(achievement.name) || said(body.name));
    row(rows, "description", said(achievement.description));
    listOf(subject.result).forEach(function (each) { if (isObject(each)) row(rows, "level", said(each.value)); });
    row(rows, "valid_from", dated(body.validFrom || body.issuanceDate)); row(rows, "valid_until", dated(body.validUntil || body.expirationDate));
    listOf(subject.cert).forEach(function (each) { if (isObject(each)) row(rows, "certificate", certificate(each)); });
    listOf(subject.skill).forEach(function (each) { if (isObject(each)) row(rows, "skill", skill(each)); });
    if (subject.done) row(rows, "courses", String(subject.done));
    listOf(subject.shown).forEach(function (each) { if (isObject(each)) row(rows, "project", said(each.t) + " · " + said(each.on)); });
    if (subject.left) row(rows, "left", String(subject.left));
    if (subject.demo || body.demo) row(rows, "demo", word("demo_words"));
    row(rows, "list_age", age(body));
    box.appendChild(rows);
    var more = element("details"), text = element("pre", JSON.stringify(body, null, 2));
    text.tabIndex = 0;
    more.appendChild(element("summary", word("whole"))); more.appendChild(text); box.appendChild(more);
  }
  function row(rows, key, value) {
    if (!value) return;
    var last = rows.lastChild;
    if (!last || last.dataset.key !== key) {
      last = element("div", "", "pair");
      last.dataset.key = key;
      last.appendChild(element("dt", word("row_" + key))); last.appendChild(element("dd")); rows.appendChild(last);
    }
    last.lastChild.appendChild(element("div", value));
  }
  function dated(value) { return isNaN(Date.parse(said(value))) ? said(value) : day(Date.parse(value)); }
  function certificate(each) {
    var days = [said(each.on), said(each.to)].filter(Boolean).join(" – ");
    return [named(pinned.certificates, said(each.c), said(each.n)), word("proof_" + each.v), days].filter(Boolean).join(" · ");
  }
  function skill(each) {
    return [named(pinned.skills, said(each.s)), word("skill_level", { n: each.l }), word("proof_" + each.v)].join(" · ");
  }
  function age(body) {
    var made = listOf(body.credentialStatus).map(function (entry) {
      var list = isObject(entry) && has(pinned.lists, said(entry.statusListCredential)) ? pinned.lists[entry.statusListCredential] : null;
      return list ? Date.parse(list.made) : NaN;
    }).filter(function (at) { return !isNaN(at); });
    if (!made.length) return "";
    var at = Math.min.apply(null, made);
    return word("list_of", { at: at, days: days(at, Date.now()) });
  }

  var results = [], out = document.getElementById("v-results"), form = document.getElementById("v-form");
  function show() {
    while (out.firstChild) out.removeChild(out.firstChild);
    results.forEach(function (each) { out.appendChild(card(each)); });
    out.dataset.done = String(Number(out.dataset.done || 0) + 1);
  }
  function speak() {
    document.documentElement.lang = language;
    Array.prototype.forEach.call(root.querySelectorAll("[data-w]"), function (each) {
      each.textContent = word(each.dataset.w, { at: Date.parse(pinned.made), days: days(Date.parse(pinned.made), Date.now()) });
    });
    var old = root.querySelector("[data-old]");
    if (old) old.hidden = Date.now() - Date.parse(pinned.made) <= OLD;
    Array.prototype.forEach.call(root.querySelectorAll("[data-speak]"), function (each) {
      each.setAttribute("aria-pressed", String(each.dataset.speak === language));
    });
  }
  function checkTexts(texts) {
    var email = document.getElementById("v-email").value.trim(), now = Date.now();
    return Promise.all(texts.map(function (each) {
      return Promise.resolve(each).then(tokensIn).then(function (tokens) {
        return Promise.all(tokens.map(function (token) { return check(token, email, now); }));
      }).catch(function (error) { return [refusedOnce(error)]; });
    })).then(function (all) { results = [].concat.apply([], all); show(); out.focus(); });
  }
  function checkFiles(files) { return checkTexts(Array.prototype.map.call(files, textOfFile)); }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    event.stopPropagation();  // nothing is sent, so no button has to wait
    var files = document.getElementById("v-file").files, text = document.getElementById("v-text").value;
    var given = Array.prototype.map.call(files, textOfFile);
    if (text.trim() || !given.length) given.unshift(text);
    checkTexts(given);
  });
  document.getElementById("v-file").addEventListener("change", function (event) { if (event.target.files.length) checkFiles(event.target.files); });
  root.addEventListener("dragover", function (event) { event.preventDefault(); });
  root.addEventListener("drop", function (event) {
    event.preventDefault();
    if (event.dataTransfer.files.length) checkFiles(event.dataTransfer.files);
    else checkTexts([event.dataTransfer.getData("text")]);
  });
  Array.prototype.forEach.call(root.querySelectorAll("[data-speak]"), function (each) {
    each.addEventListener("click", function () { language = each.dataset.speak; speak(); show(); });
  });

  /* A code opened this page: its part stands behind the #, which never left this device. Parts of
     one record gather in this browser's store until they are all there. */
  function fromAddress() {
    var part = PART.exec(decodeURI(location.hash));
    if (!part) return;
    var kept = "";
    try { kept = localStorage.getItem("oreum-parts") || ""; } catch (_error) { kept = ""; }
    var lines = kept.split("\n").filter(function (line) { var old = PART.exec(line); return old && old[3] === part[3] && old[1] !== part[1]; });
    lines.push(part.slice(1).join("/"));
    document.getElementById("v-text").value = lines.join("\n");
    try {
      if (lines.length < Number(part[2])) localStorage.setItem("oreum-parts", lines.join("\n"));
      else localStorage.removeItem("oreum-parts");
    } catch (_error) { /* without a store the parts are pasted by hand */ }
    history.replaceState(null, "", location.pathname + location.search);
    checkTexts([lines.join("\n")]);
  }
  root.classList.add("is-ready");
  speak();
  fromAddress();
})();
