// Verifies one of our files with libraries that know nothing of this project, without a network:
// every context and our DID document are handed in. Writes {"holds": bool, "why": text}.
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {compactVerify, importJWK, decodeProtectedHeader} from 'jose';

const given = JSON.parse(readFileSync(0, 'utf8'));
globalThis.fetch = () => { throw new Error('no network'); };

const documentLoader = async url => {
  const [base] = url.split('#');
  if(url in given.contexts) {
    return {contextUrl: null, document: given.contexts[url], documentUrl: url};
  }
  if(base !== given.did.id) {
    throw new Error(`not pinned: ${url}`);
  }
  const method = given.did.verificationMethod.find(each => each.id === url);
  const document = method ?
    {'@context': 'https://w3id.org/security/multikey/v1', ...method} : given.did;
  return {contextUrl: null, document, documentUrl: url};
};

async function token(text) {
  const {kid, alg} = decodeProtectedHeader(text);
  const method = given.did.verificationMethod.find(each => each.id === kid);
  const key = await importJWK(method.publicKeyJwk, alg);
  const {payload} = await compactVerify(text, key, {algorithms: ['EdDSA', 'Ed25519']});
  return JSON.parse(new TextDecoder().decode(payload));
}

async function checkStatus({credential}) {
  for(const entry of credential.credentialStatus) {
    const list = await token(given.lists[entry.statusListCredential]);
    const subject = list.credentialSubject;
    if(subject.statusPurpose !== entry.statusPurpose || list.issuer !== given.did.id) {
      return {verified: false, error: new Error('another list')};
    }
    const bits = gunzipSync(Buffer.from(subject.encodedList.slice(1), 'base64url'));
    const index = Number(entry.statusListIndex);
    if(bits[index >> 3] & (0x80 >> (index & 7))) {
      return {verified: false, error: new Error(entry.statusPurpose)};
    }
  }
  return {verified: true};
}

async function proved(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const found = await vc.verifyCredential({credential, suite, documentLoader, checkStatus});
  if(!found.verified) {
    throw found.error?.errors?.[0] ?? found.error ?? found.statusResult?.error ?? new Error('no');
  }
}

async function tokened(text) {
  const credential = await token(text);
  const status = await checkStatus({credential});
  if(!status.verified) {
    throw status.error;
  }
}

let answer;
try {
  await (given.form === 'jwt' ? tokened(given.text) : proved(JSON.parse(given.text)));
  answer = {holds: true, why: ''};
} catch(error) {
  answer = {holds: false, why: String(error?.message ?? error)};
}
console.log(JSON.stringify(answer));
