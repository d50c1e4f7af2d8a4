"""Words around and inside names, as data. First names are evidence that something is a name, never a gate."""

HONORIFICS = frozenset(
    """dr prof professor sir dame lord lady baroness baron mr mrs ms miss mx rev reverend fr father sr sister rabbi imam
    sheikh general gen colonel col major maj captain capt cpt commander cdr cmdr lieutenant lt lieut admiral adm brigadier brig
    marshal sergeant sgt ambassador amb president senator sen congressman congresswoman representative rep governor gov
    minister secretary judge justice hon honourable honorable rt right he hrh king queen prince princess pope bishop
    archbishop cardinal pastor dean doctor vice rear air chief group wing flight squadron field detective inspector
    superintendent baronet viscount earl duke duchess count countess emeritus assoc associate assistant mp councillor cllr
    comrade saint chancellor premier mayor coach chef ret""".split()
)
"""What may stand before a name and is no part of it, in lower case and without its point."""

# These lead a name only in front of another honorific ("Rear Admiral", "Associate Professor", "Rt Hon"):
# alone they are adjectives and offices ("Vice President", "Field Marshal").
HONORIFIC_PREFIXES = frozenset(
    "vice rear air chief group wing flight squadron field assoc associate assistant right rt emeritus he mp ret".split()
)

POST_NOMINALS = frozenset(
    """PhD Ph.D MD MBE OBE CBE KBE DBE GBE CMG DCMG KCMG GCMG CB KCB GCB MP MSP MEP MLA QC KC SC FRS FBA FRSE FRGS FRHistS DPhil EdD
    PsyD JD LLD LLM DSO MC DSC AO AM AC OAM CPA CFA CISSP RN DO DDS DVM Esq Jr Sr II III IV MBA MSc MA BA BSc CNZM ONZM Ret
    Phd PHD Hon""".replace(".", "").split()
)
"""What may stand behind a name and is no part of it, without points."""

# "Jr" and numerals are part of how people are called; they stay in a name and leave its key.
GENERATIONS = frozenset("Jr Sr II III IV".split())

PARTICLES = frozenset(
    "de da di du del della dello des dos das do van von der den ter ten la le las los bin bint ibn al el abu ben zu zur af av ap y e "
    "of't 't".replace("of't ", "").split()
)

# A run of capitals that holds one of these is an organisation, an office, a place or a work.
INSTITUTION_WORDS = frozenset(
    """institute institution council university college school centre center foundation association society ministry department
    office bureau agency committee commission parliament congress senate government party union league club team company
    corporation corp inc ltd llc llp plc gmbh group partners holdings bank fund trust museum library gallery theatre theater
    hospital clinic church cathedral temple street avenue road square bridge river lake mount mountain island islands
    sea ocean bay valley county city state states kingdom republic federation podcast show radio network media news times
    post journal magazine review tribune herald guardian gazette press books publishing records studio studios productions
    pictures films entertainment award awards prize festival conference summit forum symposium workshop programme program
    project initiative series season episode chapter part volume act treaty agreement accord protocol war battle
    revolution crisis army navy force forces corps division brigade regiment squadron command nato programme alliance
    academy laboratory labs lab technologies technology systems solutions software services consulting capital ventures
    international national federal royal global world european american british chinese russian japanese ukrainian german french
    indian african asian western eastern northern southern north south east west airlines airport station hotel park
    stadium arena hall house palace castle tower building plaza mall market stock exchange cup championship league olympics
    app store amazon google apple spotify youtube facebook twitter instagram linkedin patreon tiktok substack
    chair lecture memorial prize law act bill doctrine theory effect syndrome disease""".split()
)

# Behind a name these make it part of an office or a fellowship: "the James Cook Associate Fellow".
OFFICE_WORDS = frozenset(
    """fellow fellowship chair professor professorship lecturer lectureship scholar scholarship associate research senior visiting
    distinguished director chairman chairwoman chairperson editor producer presenter reporter correspondent columnist analyst
    ceo cto cfo coo cmo founder cofounder president manager engineer developer designer author writer host cohost guest
    head dean secretary minister spokesperson executive officer strategist economist historian journalist lecturer
    advocate advisor adviser consultant expert specialist partner principal lead vp svp evp administration government
    campaign presidency cabinet estate trial case murder murders story legacy biography""".split()
)

# Never part of a name, however capitalised.
STOP_WORDS = frozenset(
    """a an and are as at be been but by can could did do does for from had has have he her hers him his how i if in into is it its
    may me might must my no nor not of off on or our ours out over she should so some than that the their theirs them then
    there these they this those to too under up upon us was we were what when where which while who whom whose why will with
    without would you your yours about after again against all also although am among any around because before being below
    between both during each either else ever every everything few first former further get here however just last least less
    like many more most much neither never new next none nothing now once one only other others own per please same see
    several since still such thanks through today together tomorrow tonight until very via welcome well whether yes yesterday yet
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
    sat sun spring summer autumn winter christmas easter halloween thanksgiving ramadan
    special guest guests host hosts cohost cohosts hosted presenter presenters presented producer produced edited
    editor mixed music theme sponsor sponsors sponsored featuring feat ft vs versus aka etc ep eps interview interviews
    listen subscribe follow join joining joined joins watch read download visit click support donate contact email
    america american americans britain british england english scotland scottish wales welsh ireland irish europe european
    europeans asia asian africa african china chinese japan japanese russia russian russians ukraine ukrainian germany
    german france french italy italian spain spanish india indian pakistan iran iranian iraq iraqi israel israeli israelis
    palestine palestinian gaza syria syrian turkey turkish egypt egyptian australia australian canada canadian mexico
    mexican brazil brazilian argentina korea korean taiwan taiwanese vietnam vietnamese afghanistan london washington york
    paris berlin moscow beijing brussels kyiv kiev tokyo hollywood brexit covid coronavirus internet
    islam islamic muslim muslims christian christianity catholic jewish jews hindu buddhist
    democrat democrats democratic republican republicans labour conservative conservatives tory tories nato un eu uk us usa
    bbc cia fbi nhs ai ml it tv pr hr api aws sql css html php http https www com""".split()
)

# Words that are surnames as well; behind an unknown first name they still make a name.
SURNAME_WORDS = frozenset(
    """baker cook king young brown smith hill green white black gray grey wood woods stone fox bell ward price long day marsh
    rice field fields banks rose cross page hunt fisher taylor turner carter parker walker potter mason miller
    cooper carpenter butler archer hunter shepherd bishop knight noble wise sharp short little power powers love joy
    moon snow frost rivers brooks forest pool mills wells waters bush flowers reed wolf bird swan crane drake
    finch martin robin grant chase lane church temple west north east hall barber bond booth bowman brewer brook
    burns case chambers clay cole cotton craft crow curry dial draper driver english farmer fay finn flood
    foster france freeman french garden gates glass gold goldman good goodman hand hardy hart hay
    head heath hood house house hull ice irons judge kemp lamb law leaf light lock
    major marks may mercer merchant moody moor moss nail napper nash nest neal newman oakes page paine palmer park
    parks peck penny perry piper poll pope porter post rains ray read rich ring roads rock
    root rush sadler sage sands savage seal sears singer skinner slater spears spring stark steel stock storm street strong
    summers tanner thatcher tiller treat trout tyler underwood vale wade wait wall waller weaver webb weeks wild
    winter winters worth wright cash bacon bean berry best block blood boots bull camp cannon castle chance
    child cloud coin dean""".split()
)

FIRST_NAMES = frozenset(
    """aaron abby abdul abdullah abigail abraham adam adams adrian adriana agnes ahmad ahmed aidan aileen aisha akira alan alana alastair
    albert alberto alejandro aleksandr alex alexa alexander alexandra alexei alexey alexis alfred ali alice alicia alina alisa alison
    alistair allan allen allison alyssa amanda amber amelia amina amir amit amy ana anand anastasia anders andre andrea
    andreas andrei andrew andrey andy angel angela angie angus anita anja ann anna annabel anne annette annie anthony antoine anton
    antonia antonio anya april arash archie ariel arjun arthur arun asha ashley astrid audrey austin ava avi ayesha bao barbara
    barry beatrice becky ben benedict benjamin bernard bernie bert beth bethany betsy betty bev beverly bill billy bjorn blake bob
    bobby bonnie boris brad bradley brandon brenda brendan brent bret brett brian bridget brooke bruce bruno bryan bryce caitlin
    caleb calvin cameron camilla camille candace cara carl carla carlo carlos carly carmen carol carole carolina caroline carolyn
    carrie cassandra cassie catherine cathy cecilia cedric celeste chad chandra charlene charles charlie charlotte chelsea
    cheryl chloe chris christa christian christina christine christoph christophe christopher chuck cindy claire clara clare
    clark claude claudia clay clifford clive cody colin colleen connie connor conor constance corey corinne courtney craig
    cristina crystal curtis cynthia daisy dale damian damien dan dana daniel daniela danielle danny daphne darius darren dave
    david dawn dean deb debbie deborah debra declan deepak deirdre dennis derek diana diane diego dimitri dirk dmitri dmitry
    dominic don donald donna doris dorothy doug douglas drew duncan dylan earl ed eddie edgar edith eduardo edward edwin eileen
    elaine eleanor elena eli elias elijah elisa elise elizabeth ella ellen ellie elliot elliott elsa emil emilia emilie emily
    emma emmanuel enrico enrique eric erica erik erika erin ernest ernie esther ethan eugene eva evan eve evelyn ezra faisal
    farah farid fatima felicity felix fernando fiona florence frances francesca francesco francis francisco francois frank franklin franz
    fred freddie frederick freya fumio gabriel gabriela gabrielle gail gareth garry gary gavin gemma gene genevieve geoff
    geoffrey george georgia georgina gerald gerard gerry gideon gil gilbert gillian gina giovanni giulia glen glenn gloria gordon
    grace graeme graham grant greg gregory greta guido guillermo gustav guy gwen hal hamid hana hannah hans harold harriet harris
    harry harsh harvey hasan hassan hazel heather hector heidi helen helena helene henrik henry herbert hilary hiro hiroshi hope
    howard hugh hugo hussein ian ibrahim igor ilya imran ines ingrid ira irene irina iris isaac isabel isabella isabelle ivan
    ivy jack jackie jackson jacob jacqueline jacques jake james jamie jan jana jane janet janice jared jasmine jason javier jay
    jayne jean jeff jeffrey jelena jen jenna jennifer jenny jens jeremy jerome jerry jess jesse jessica jessie jill jim jimmy
    jin jing jo joan joann joanna joanne jodi jody joe joel joey johan johanna johannes john johnny jon jonas jonathan jonny
    jordan jorge jose josef joseph josephine josh joshua joy joyce juan juan judith judy jules julia julian juliana julie juliet julio
    julius jun june jurgen justin justine kai kara karen karim karin karina karl kate katerina katharine katherine kathleen kathryn kathy
    katie katja katrin katrina kay kayla keiko keith kelly kelsey ken kenji kenneth kenny kerry kevin khaled kim kimberly kiran
    kirsten kirsty klaus konstantin kris krista kristen kristin kristina kumar kurt kyle lara larry lars laura lauren laurence
    laurie lawrence leah lee leila lena leo leon leonard leonardo leslie lewis liam lily lina linda lindsay lindsey lisa
    liz lizzie lloyd logan lois lola lorenzo loretta lori lorna lorraine louis louisa louise luca lucas lucia lucinda lucy luis luisa
    lukas luke lydia lynn lynne mackenzie maddie madeleine maggie mai mal malcolm manuel marc marcel marcia marco marcus margaret
    margot maria marian marianne marie marilyn marina mario marion marisa marjorie mark markus marshall marta martha martin martina
    marty marvin mary masha mason mathew mathias mathieu matt matteo matthew matthias maureen maurice max maxim maxine maya megan
    mei mel melanie melinda melissa mercedes meredith michael michaela michel michele michelle miguel mika mikael mike
    mikhail milan miles millie milo mina mindy ming miranda miriam mitch mitchell mohamed mohammad mohammed moira molly mona
    monica monika morgan moritz muhammad murray mustafa myra nadia nadine nancy naomi natalia natalie natasha nate
    nathan nathaniel ned neil nell nelson nia niall nicholas nick nicola nicolas nicole nigel nikita nikki nikolai nils nina
    noah noam noel nora norma norman olaf oleg olga oliver olivia omar oscar osman otto owen paige pam pamela paola paolo
    pascal pat patricia patrick paul paula pauline pavel pedro peggy penelope penny percy perry pete peter petra phil
    philip philippa philippe phillip phoebe pierre pietro polly prakash priya priyanka quentin rachael rachel rafael raj rajesh
    ralph ramesh ramon randall randy raphael rashid raul ravi ray raymond rebecca reggie regina reza rhiannon rhys ricardo rich
    richard rick ricky rita rob robbie robert roberta roberto robin rod roger rohan roland roman ron ronald ronnie rory
    rosa rosalind rosanna rose rosemary rosie ross roy ruby rupert russ russell ruth ryan saad sabina sabine sabrina sadie
    salim sally sam samantha samir samuel sandra sandy sanjay sara sarah sasha saul scott sean sebastian sergei sergey sergio
    seth shane shannon sharon shaun shawn sheila shelley sheryl shinzo shirley sid sidney silvia simon simone sofia sonia sonja sophia
    sophie spencer stacey stacy stan stanley stefan stefano stella stephan stephanie stephen steve steven stewart stuart sue sunil
    susan susanna susanne susie suzanne suzi suzie svetlana sven sydney sylvia takashi tamara tammy tania tanya tara tariq
    tatiana taylor ted teresa terence terri terry tess tessa theo theodore theresa thierry thomas tiffany tim timothy tina tobias
    toby todd tom tommy toni tony tracey tracy travis trevor tricia trish tristan tyler ulrich ursula valentina valeria valerie
    vanessa vera vernon veronica vic vicki vicky victor victoria viktor viktorija vijay vikram vince vincent viola violet virginia
    vivek vivian vladimir volodymyr wade wallace walter wanda warren wayne wei wendy werner wesley wilhelm will willem
    william willow wolfgang xavier xi yan yasmin yasmine yoko yolanda yosef yuki yuri yusuf yvette yvonne zac zach zachary zack zara
    zeynep zoe""".split()
)

# First words of places.
PLACE_STARTS = frozenset(
    "hong los las saudi sri tel puerto costa sierra burkina papua cape abu kuala sao rio buenos el fort port baton san santa silicon "
    "northern southern eastern western latin central middle antarctic arctic great wall white downing capitol soviet".split()
)
