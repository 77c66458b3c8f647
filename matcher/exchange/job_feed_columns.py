"""The columns of the job feed, named as the feed names them."""

from typing import Final

from .columns import Column

COLUMNS: Final = (
    Column("wantedAuthNo", ("구인인증번호",), "공고의 번호", "number of the posting", True),
    Column("company", ("회사명",), "기업의 이름", "name of the firm"),
    Column("busino", ("사업자등록번호",), "열 자리", "ten digits"),
    Column("indTpNm", ("업종",), "우리 산업의 이름이면 산업", "the sector, if one of ours"),
    Column("title", ("채용제목",), "제목. 120자에서 자름", "title, cut at 120 characters", True),
    Column("salTpCd", ("임금형태 코드",), "H 시급, D 일급, M 월급, Y 연봉", "H, D, M or Y"),
    Column("salTpNm", ("임금형태",), "코드가 없을 때 읽음", "read without a code"),
    Column("sal", ("급여",), "글로 적은 급여", "pay in words"),
    Column("minSal", ("최소임금",), "원. 연봉으로 바꿈", "won, as a year's"),
    Column("maxSal", ("최대임금",), "원. 연봉으로 바꿈", "won, as a year's"),
    Column("region", ("근무지역", "근무예정지"), "코드가 없을 때 읽음", "read without a code"),
    Column("regionCd", ("지역코드",), "50110 제주시, 50130 서귀포시", "50110 or 50130"),
    Column("regDt", ("등록일",), "접수를 여는 날", "first day to apply", True),
    Column("closeDt", ("마감일", "접수마감일"), "접수 마지막 날", "last day to apply", True),
    Column("empTpCd", ("고용형태코드",), "10, 11, 20, 21, 4", "kind of contract"),
    Column("empTpNm", ("고용형태",), "코드가 없을 때 읽음", "read without a code"),
    Column("collectPsncnt", ("모집인원",), "없으면 1", "how many; 1 where it is missing"),
    Column("jobsNm", ("모집직종",), "직무내용이 없을 때 읽음", "read where the work is not told"),
    Column("jobCont", ("직무내용",), "하는 일", "what the work is"),
    Column("certificate", ("자격면허",), "아는 자격과 면허만 요건이 됨", "known ones are required"),
    Column("compAbl", ("컴퓨터활용",), "아는 기술만 우대가 됨", "known skills are nice to have"),
    Column("pfCond", ("우대조건",), "아는 것만 우대가 됨", "known ones are nice to have"),
    Column("workdayWorkhrCont", ("근무시간",), "시급을 바꿀 때 씀. 예: 주 40시간", "hours a week"),
)
