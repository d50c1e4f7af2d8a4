"""Month names and zone names as feeds write them: data for `dates`."""

# English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish, Turkish, Russian,
# Romanian; folded (no case, no accents). A name stands once: no abbreviation here means two months in two languages.
_MONTHS = """
jan january januar janvier janv enero ene janeiro gennaio gen januari stycznia ocak oca января янв jaenner ianuarie
feb february februar fevrier fevr fev febrero febr fevereiro febbraio februari lutego subat sub февраля фев februarie
mar march marz maerz mrz mars marzo marco maart mrt marts marca marzec mart марта мар martie
apr april avril avr abril abr aprile kwietnia kwiecien nisan nis апреля апр aprilie
may mai mayo maio maggio mag mei maj maja mayis мая май
jun june juni juin junio junho giugno giu czerwca czerwiec haziran haz июня июн iunie
jul july juli juillet juil julio julho luglio lug lipca lipiec temmuz tem июля июл iulie
aug august aout agosto ago agos augustus augusti sierpnia sierpien agustos agu августа авг
sep sept september septembre septiembre setembro set settembre wrzesnia wrzesien eylul eyl сентября сен septembrie
oct october oktober okt octobre octubre outubro out ottobre ott pazdziernika pazdziernik ekim eki октября окт octombrie
nov november novembre noviembre novembro listopada listopad kasim kas ноября ноя noiembrie
dec december dezember dez decembre diciembre dic dezembro dicembre grudnia aralik ara декабря дек desember decembrie
"""
MONTHS = {name: number for number, names in enumerate(_MONTHS.strip().splitlines(), 1) for name in names.split()}

# Minutes east of Greenwich. A name with several meanings has the one that feeds mean most; a source's own timezone,
# where it is configured, is asked before this table. RFC 5322, 4.3 knows UT, GMT and the American ones only.
ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet", "uct", "zulu"), 0),
    **dict.fromkeys(("bst", "west", "cet", "met", "mez", "wat"), 60),
    **dict.fromkeys(("cest", "mest", "mesz", "eet", "sast", "cat"), 120),
    **dict.fromkeys(("eest", "msk", "eat", "trt"), 180),
    **dict.fromkeys(("gst",), 240),
    **dict.fromkeys(("pkt",), 300),
    **dict.fromkeys(("ist",), 330),
    **dict.fromkeys(("ict", "wib"), 420),
    **dict.fromkeys(("awst", "hkt", "sgt", "pht", "wita"), 480),
    **dict.fromkeys(("jst", "kst", "wit"), 540),
    **dict.fromkeys(("acst",), 570),
    **dict.fromkeys(("aest",), 600),
    **dict.fromkeys(("acdt",), 630),
    **dict.fromkeys(("aedt",), 660),
    **dict.fromkeys(("nzst",), 720),
    **dict.fromkeys(("nzdt",), 780),
    **dict.fromkeys(("nst",), -210),
    **dict.fromkeys(("ndt",), -150),
    **dict.fromkeys(("adt", "brt", "art", "clst"), -180),
    **dict.fromkeys(("ast", "edt", "clt", "bot"), -240),
    **dict.fromkeys(("est", "cdt", "pet"), -300),
    **dict.fromkeys(("cst", "mdt"), -360),
    **dict.fromkeys(("mst", "pdt"), -420),
    **dict.fromkeys(("pst", "akdt"), -480),
    **dict.fromkeys(("akst",), -540),
    **dict.fromkeys(("hst",), -600),
}
