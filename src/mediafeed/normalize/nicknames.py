"""Short forms of first names, as data: a reason to ask whether two names are one person, never to say so."""

_GROUPS = """
    abigail abby gail / abraham abe / alan al / albert al bert bertie / alexander alex alec sandy sasha xander
    alexandra alex sandra sasha lexi / alfred alf alfie fred / alison ali / amanda mandy / andrew andy drew
    anthony tony ant / antonia toni / archibald archie / arthur art / barbara barb babs / benjamin ben benny benji
    bernard bernie / bradley brad / bridget biddy / catherine kate cathy katie cat / katherine kate kathy katie kat kit
    charles charlie chuck chas / charlotte charlie lottie / christina chris tina christy / christine chris tina chrissie
    christopher chris kit topher / clifford cliff / cynthia cindy
    daniel dan danny / david dave davy / deborah deb debbie
    dennis den denny / dominic dom / donald don donnie / dorothy dot dotty / douglas doug / edmund ed eddie ned
    edward ed eddie ted teddy ned / eleanor ellie nell nora / elizabeth liz lizzie beth betty eliza libby bess lisa
    emily em emmy / emmanuel manny / eugene gene / ferdinand ferdie / florence flo flossie / frances fran frankie
    francis frank / franklin frank / frederick fred freddie / gabriel gabe / gabrielle gabby / geoffrey geoff jeff
    jeffrey jeff / gerald gerry jerry / gerard gerry / gilbert gil / gregory greg / gwendolyn gwen / harold harry hal
    harriet hattie / henry harry hank hal / herbert herb bert / ignatius iggy / isabella bella izzy / isabel izzy bel
    jacob jake / jacqueline jackie / james jim jimmy jamie / janet jan / jason jay / jennifer jen jenny jenni
    jeremy jez jem / jerome jerry / jessica jess jessie / joanna jo joanne / jonathan jon jonny / john jack johnny
    joseph joe joey / josephine jo josie / joshua josh / judith judy judi / julian jules / kathleen kath kathy katie
    kenneth ken kenny / kimberly kim / laurence larry laurie / lawrence larry laurie / leonard len lenny leo
    leopold leo / lillian lily / louis lou / louise lou / lucinda lucy cindy / madeleine maddie / magdalena lena
    malcolm mal / margaret maggie meg peggy margie / marjorie marge / martin marty / matthew matt / matilda tilly
    maximilian max / maxwell max / megan meg / melanie mel / melissa mel lissa / michael mike mick mickey
    michelle shelly
    miranda mandy / mitchell mitch / mohammed mo / muhammad mo / nancy nan / natalie nat / nathan nat nate
    nathaniel nat nate / nicholas nick nicky / nicola nicky / oliver ollie / olivia liv livvy / oscar ozzy / pamela pam
    patricia pat patty tricia trish / patrick pat paddy / penelope penny / percival percy / peter pete / philip phil pip
    phillip phil pip / philippa pippa / rachel rach / raymond ray / rebecca becky becca / reginald reg reggie
    richard rich rick ricky dick richie / robert bob bobby rob robbie bert / roderick rod / rodney rod / roger rog
    roland roly / ronald ron ronnie / rosemary rosie / roxanne roxy / rudolf rudy / russell russ / samantha sam
    samuel sam sammy / sandra sandy / sebastian seb / sidney sid / simon si / solomon sol / sophia sophie / stanley stan
    stephanie steph / stephen steve / steven steve / stuart stu / stewart stu / susan sue susie / suzanne sue suzie
    sylvester sly / tabitha tabby / terence terry / theodore ted teddy theo / theresa terry tess / thomas tom tommy
    timothy tim timmy / valerie val / vanessa nessa / veronica ronnie / victor vic / victoria vicky tori
    vincent vince vinny
    virginia ginny / viktorija vika / walter walt wally / wilfred wilf / william will bill billy liam willy
    winifred winnie / yvonne vonnie / zachary zac zach zack
"""

SHORT_FORMS: dict[str, frozenset[str]] = {
    words[0]: frozenset(words[1:])
    for words in (group.split() for line in _GROUPS.splitlines() for group in line.split("/"))
    if words
}
"""The short forms of each first name, folded."""


def is_short_form(one: str, other: str) -> bool:
    """Say whether one first name is a short form of the other, or both are of one name.

    >>> is_short_form("jenny", "jennifer"), is_short_form("bob", "rob"), is_short_form("rose", "roose")
    (True, True, False)
    """
    if other in SHORT_FORMS.get(one, ()) or one in SHORT_FORMS.get(other, ()):
        return True
    return any(one in short and other in short for short in SHORT_FORMS.values())
