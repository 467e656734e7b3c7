"""Common first names of people who write English, French or Spanish, to tell a name typed in lower case."""

from bot.text.normalise import tokens

_NAMES = """
aaron al
abelardo abril adaeze adebayo adelaide adeline agnieszka aitziber aleksandra alessandra alina
alioune amalio amaury
amina anahi anatole ander anibal anselme anselmo antonin apolline arlette armel arsene arturo astou
atilio aubin audra
augusta augustine azucena baudouin bautista belkis benedict berenice berta bertha berthe bettina
bisi brahim branden brigid
calixto candido capucine carlotta carmelo casimir caterina cathal celestin celestine celso
chantelle chinwe clarence
clarisse claudette claudine clelia cleo cleophas clovis concha concepcion constantin cordelia
coralie cosme cristiano
dagmar dalia damiano dario darius deanna debora dede delfina delphin demba dilip dimitra dominga
domitille donatien
dot eamon eamonn eberhard edna edwina efua efrain eider eladio elba eleanora eliott elisenda elmer
eloise elton emanuel
emmy encarna enid epifanio erica ernestine etelvina eudes eugen evaristo fabrizio facundo faustine
faustino federica
feliciano felicite felicien fermin fernand fiacre fidele filomena florian florina fortune fortunata
francoise frida
froilan garance garry geneva geoffroi georgette geraldo germaine gerry gervaise ghita gianluca
ginette giselle giulia
giuseppe gladis gracia graciela grainne griselda gudrun gunther gwenael hafsa halima hamish haruna haydee hector
hedwige helder heloise henrietta henrique hermann hermine hilario hippolyte horacio hugh huguette
ianis idoia ignace
ikram ileana ilse inaki indira inocencio iria iratxe isaias isidora isidoro isidro ismail ivonne
iwona izaskun jacint
jacky jacobo jada jamila janelle janick jarvis jean jeannette jeannine jeannot jenifer jennie jerzy
 joanne joaquina
jocelin joelle jolene jone jonah jordana josep josiah josselin jovita juliann juliano justo kader kaitlyn kareem
karthik kasia kathrin kaylee keisha kemi kerstin kieron kiran kit klaas koen krystal kumar lamar larissa laszlo
laurette lazare leandra leandro leocadia leontine leticia liane liborio lieselotte lilia lilou lino
lionel lisandro
loan loick lorenza lorna lucinda lucio ludmila luisana luz lyna macarena mady maelle magaly mahesh
maite majid mamoudou
manoel manish marceline marcella marcelline maren margarida marguerite mariam mariama mariano maribel maricarmen
marie mariluz marius marketa marlon marnie martial martino marwan maryse mateusz mathilda matilde
matteus maxence
maximo mayte mbaye medard meg melchor melinda mehmet merce micaela michaella mickey mieke miguela
miko mihaela milan
mirta mirtha modesta mohan moritz moustapha myrna nadja naima narciso natan nathanael nazaire neha neil nelida
nerys nicanor nicasio nicol nieves ninon noella nohemi noor norberta nuno nuria obiora octave
oceane odalys ofelia ole
olegario oleksandr olimpia olivier omer onofre oriol orlane osama osvaldo oumou paquita pascual pascaline patrik
paulette pawel pedrito perpetua petra pia pierrot pili pilita pio placido prosper prudencio
rachelle radu rafal ragnhild
raja ramesh raimundo raquel rashida raymundo reginaldo renaldo renzo reynald rhonda rigo rocco
rodolphe roel rolf
romana romaric rosana rosaura roselyne rosita roswitha rowan roxanne rubina rufino sabas sade sagar
salome salvatore
samia samson sandro santiago sarita saturnin saturnina savannah segun severin severine shabnam
shaheen shanti shauna
shirin sidonie silvana silvestre silvina simao siobhain sixto slimane sofie sofya solene sorcha soumaya sunniva
suzannah svetlana swann tadeusz taha tatum teodora teodoro tere thandi theodor thilo tibo tiburcio
timeo titouan tito
tobi tonia toni tonino tooba toussaint trina txema ubaldo ulrike urbain urbano valeriano valerio venancio verena
veridiana vernon vianney victorine violaine virgil virgile virgilio visitacion wassila werner
wilfredo wilson winnie
xabi xabier xiomara yael yara yamila yann yara yasmina yaw yetunde yoann yoland yolette youna yves
yvan yvon zaira zaida
zbigniew zeferino zelie zenon zita zulema
 abdou abdul abdullah abel abigail ada adam adama adaobi adela adele adelina adnan adrian adriana adrien
agathe agnes agustin ahmed aicha aida aidan aiden aileen aimee aisha aissatou aitor aitana akin
alain alan alana alba
alban alberto albert alejandra alejandro alessandro alessia alex alexander alexandra alexandre
alexia alexis alfie
alfonso alfred alfredo ali alice alicia aline alison alistair alix alfonsina aliou alma alonso
alvaro alyssa amadou
amalia amanda amandine amara amaya amber amelia amelie amina amir amit amparo amy ana anabel anahi
anais anand andre
andrea andreas andreina andres andrew andy anders ange angel angela angelica angelina angelique
angelo angie angus
anil anita anjali ann anna annabel annabelle anne anneke annette annick annie anouk anthony antoine
anton antonella
antonia antonio anwar araceli aran ariane ariel arjun armand armando armelle arnaud arthur arturo
ash asha ashley
asif astrid aude audrey augustin aurelie aurelien aurora austin ava awa axel ayesha aymeric ayo aziz
babacar baptiste barbara barry bart basile bastien beatrice beatriz beatrix becca becky belen
belinda ben benedicte
benicio benito benjamin benoit bernadette bernard bernardo bertrand beth bethany betty bianca bilal bjorn blaise
blanca blandine bob bobby boris boubacar brad bradley brandon brayan breda brenda brendan brian bridget brigitte
britt brooke bruce bruno bryan bryce byron
caitlin caleb callum cameron camila camile camille camilo candela candice candy carina carine carl carla carlo
carlos carlota carly carmela carmen carol carole carolina caroline carolyn carrie casey cassandra
catalina catherine
cathy catia cecile cecilia cedric celeste celia celine cesar chantal charlene charles charlie charline charlotte
chelsea cheikh cheryl chiara chidi chinedu chioma chloe chris christa christelle christian christiane christina
christine christophe christopher chuck cian ciara ciaran cindy claire clara claude claudia claudine
claudio clement
clementine clemence clive clotilde cody colette colin conchita connie connor conor constance consuelo corentin
corinne cormac cory craig cristian cristina cristobal curtis cynthia cyril cyrille
dahlia daisy damian damien damon dan dana daniel daniela daniele danielle danilo danny daphne dara
darcy daria dario
darren daryl dave david davide dawn dean deborah debbie deepa deepak deirdre delia delphine denis denise dennis
deniz derek deshawn desmond devin dhruv diana diane didier diego dieter dimitri dina dinesh djamila
djibril dolores
dominic dominik dominique don donald donna donovan dora dorian doris dorothee doug douglas dulce
duncan dustin dwayne
dylan
earl ed eddie eden edgar edith edmond edouard eduardo edward edwige edwin efrain eileen eilidh ela
elaine eleanor
elena eleonore eli elia elias elena elian elie eliane elias elif elijah eliot elisa elisabeth elise
eliza elizabeth
ella elle ellen ellie elliot elliott elodie eloise elsa elvira elvis emeka emeline emerson emil
emile emilia emilie
emiliano emilio emily emma emmanuel emmanuelle emmett enrico enrique enzo eoin eric erica erick erik erika erin
ernest ernesto erwan esme esperanza esteban estefania estela estelle ester esther ethan etienne eugene eugenia
eugenie eva evan evans eve evelyn evelyne ewan ezequiel
fabian fabien fabienne fabio fabiola fabrice fabricio fanny fatima fatimata fatou fatoumata federico felicia
felicity felipe felix ferdinand fergus fermin fernanda fernando fidel filip filippo finlay finn
fiona flavia flavie
flora florence florencia florent florian flore fran frances francesca francesco francine francis
francisca francisco
franck franco francois francoise frank frankie franz fred freddie freddy frederic frederick frederique freya
gabi gabriel gabriela gabriele gabrielle gael gaelle gaetan gaston gareth gary gaspard gautam
gauthier gavin gemma
genevieve geoff geoffrey geoffroy george georges georgia georgina gerald geraldine gerard gerardo
german germaine
gertrude ghislain ghislaine giacomo gianni gil gilbert gilberto gilles gillian gina giorgio
giovanni gisela gisele
gladys glen glenda glenn gloria godefroy godelieve godwin gonzalo gordon graciela graeme graham gregoire gregor
gregorio gregory greta guadalupe guido guillaume guillermo gustave gustavo guy gwen gwenaelle
hadrien hakim hamid hamza hanna hannah hans harold harriet harry harvey hassan hayley hazel heather hector heidi
helen helena helene helga helmut henri henriette henrik henry herbert hernan herve hilda hilary holly honorine
hortense houda howard hubert hugo hugues humberto humphrey hussein
iain ian ibrahim ibrahima ida idriss ignacio igor iker iman imane imani imelda imran ines inez inga ingrid inigo
irene iris irma isaac isabel isabela isabella isabelle isadora ishaan isla ismael israel issa ivan
ivana ivette ivo
ivonne ivy
jacinta jack jackie jacob jacqueline jacques jade jaime jake jakob jamal james jamie jan jane janet
janice janine
jared jasmin jasmine jason jasper javi javier jay jayne jean jeanette jeanine jeanne jeff jeffrey jenna jennie
jennifer jenny jeremie jeremy jerome jerry jess jesse jessica jessie jesus jill jim jimena jimmy jo joan joana
joanna joanne joao joaquin jocelyn jocelyne jodie joe joel joelle joey johan johann johanna john
johnny jon jonas
jonathan jordan jordi jorge jose josefa josefina joseph josephine josette josh joshua josiane josie
josue joy joyce
juan juana juanita juanjo judith judy jules julia julian juliana julianne julie julien juliet
juliette julio julius
justin justine
kacper kai kamal kamel kamila karen karim karima karin karina karine karl karla kasia kate katarina
katarzyna kate
katherine kathleen kathryn kathy katia katie katrin katrina katy kavita kay kayla keira keith kelly kelvin ken
kendra kenneth kenny kenza kerry kevin khadija khaled khalid kieran kiera kim kimberly kirsten
kirsty klara klaus
kofi koffi kristen kristian kristin kristina krzysztof kurt kwame kyle kylie
lamine lance lara larry lars latifa laura laure laureen lauren laurence laurent laurie lautaro lea
leah leandro lee
leila leire lena leo leon leona leonard leonardo leonel leonie leonor leopold leroy lesley leslie
leticia lewis lia
liam liana lidia liliana liliane lilian lily lina linda lindsay lindsey lionel lisa lise lisette
livia liz lizzie
lluis lois lola loic lorena lorenzo loretta lorna lorraine lou louis louisa louise louna lourdes luc luca lucas
lucette lucia lucian luciana luciano lucie lucien lucienne lucille lucinda lucrecia lucy ludivine
ludovic luigi luis
luisa luka lukas luke luna lupe lupita lydia lydie lynda lynn
mabel mackenzie madeleine madeline madison mael maelys magali magda magdalena maggie mahmoud maia maider maite
maksim malcolm malena malik malika mallory mamadou mandy manel manolo manon manu manuel manuela mara marc marcel
marcela marcelino marcelle marcello marcelo marcia marcin marco marcos marcus margaret margarita margaux margot
marguerite maria mariam mariana marianne mariano maribel marie mariela marielle marilyn marin
marina mario marion
marisa marisol marissa marjorie mark marko marlene marlon marta martha martin martina martine marvin mary maryam
maryse matheo matias mateo mathieu mathilde mathis matilda matt matteo matthew matthias matthieu maud maureen
maurice mauricio mauro max maxim maxime maximiliano maxine maya mayra meera megan mehdi mel melanie
melina melissa
melody mercedes mercy meredith merlin meryem mia michael michaela michal michel michele micheline
michelle mickael
miguel mihai mike mikel mila milagros milan milena miles millie milo mimi mireille miriam mirko mitchell moana
modou mohamed mohammad mohammed moira moises molly mona monica monika monique moira morgan morgane
moussa muhammad
muriel murielle murray mustafa mustapha myriam myrtle
nabil nacho nadege nadia nadine nadir naima naomi nancy naoual natacha natalia natalie natalya natasha nathalie
nathan nathaniel nayeli neil nelly nelson nerea neus nestor ngozi niall niamh nicanor nicholas nick nicky nico
nicola nicolas nicole nigel nikhil nikita nikki nikola nina nils nisha noa noah noe noel noelia
noelle noemi noemie
nolan nora norah norbert norberto noreen norma norman nour nuno nuria
obi octavia octavio odette odile olaf oleg olga oliver olivia olivier olivia ollie oluwaseun omar onesime orla
orlando ornella oscar oswaldo otto oumar ousmane owen
pablo paco paddy pam pamela paola paolo pascal pascale pascual pat patience patrice patricia
patricio patrick patsy
patty paul paula paulina pauline paulo pavel pearl pearson pedro peggy penelope penny pepe percy
perla perrine pete
peter petra phil philip philippa philippe phillip phoebe phyllis pierrick pierre pierrette pilar
piotr piper poppy
prakash pranav preston prisca priscilla priya priyanka
quentin quique quinn
rachel rachid rafa rafael rafaela raj rajesh ralph ramatoulaye rami ramiro ramon ramona randy raoul
raphael raphaelle
raquel rashid raul ravi ray raymond raymonde rebeca rebecca regina reginald regine regis remedios
remi remy renata
renaud rene renee reuben rex reynaldo rhys ricardo riccardo richard rick ricky rigoberto rita rob
robbie robert roberta
roberto robin robyn rocio rochelle rod roderick rodolfo rodrigo rodney roger rogelio rohan roisin roland rolando
romain romane romeo romina romuald ron ronald ronan ronnie rory rosa rosalia rosalie rosalind rosanna rosario
roseline rosemary rosie rosina ross roxana roxane roy ruben ruby rudy rufus rupert russell ruth ryan
sabine sabrina sacha sadie said salif salim sally salma salome salvador sam samantha sami samir
samira samuel sandie
sandra sandrine sandy sanjay sara sarah sasha saskia saul scarlett scott sean seb sebastian
sebastien selena selim
selina selma serena serge sergio seth seydou shane shannon sharon shaun shauna shawn sheila shelley
sheryl shirley
sian sidney siegfried silvia silvie simon simone sinead siobhan skye socorro sofia sofiane soledad
solange solene
soline sonia sonya sophia sophie soraya spencer stacey stacy stan stanislas stefan stefania stefano stella
stephane stephanie stephen steve steven stewart stuart sue suleiman sunil sunita susan susana
susanna susanne susie
suzanne suzette suzie sven sybille sydney sylvain sylvester sylvia sylviane sylvie
tamara tamsin tania tanguy tanya tara tariq tatiana taylor ted teddy temitope teo terence teresa
teresita terry tess
tessa thais thea theo theodora theodore theophile theresa therese thiago thibault thibaut thierry
thomas tiago tiffany
tilda tim timothee timothy tina tobias toby todd tom tomas tommy toni tony tracey tracy trevor
tricia trinidad tristan
trudy tunde tyler tyrone
ulises ulrich umar uma ursula usman
valentin valentina valentine valeria valerian valerie valery vanessa vaness vera veronica veronique
vicente vicky
victor victoria vijay vikram vilma vince vincent vinny viola violeta violet violette virginia virginie viviane
vivian vivien vivienne vladimir
walter wanda warren wassim wayne wendy wes wesley wilfred wilfried wilfrid wilhelm william willy wilma winifred
winston wojciech
xavi xavier ximena
yadira yago yaiza yan yanis yann yannick yasmin yasmina yasmine yassine yesenia yohan yolanda
yolande youssef yousra
youssou yuri yusuf yves yvette yvonne
bea nasreen colm marek doreen ama rosalyn karel joselyn edison lenox tono meche moses mourad abdel
amine yacine farid djamel wei ming jun yuki hiroshi kenji pooja rahul rohit ananya divya lakshmi shreya
krishna suresh ganesh harish girish naveen praveen kwabena abena akua kojo ekow ifeanyi obinna amaka
funke femi yemi kunle folake bukola olu tolu damilola ayodele thabo sipho lerato nomsa zanele themba
bongani mandla tendai tatenda farai irina dmitri sergei malgorzata jacek tomasz ewa grzegorz andrei ioana
gheorghe vasile bogdan freja jesper mads torben soren wim joost pieter greet marijke geert bram thijs
anke femke joris dirk marleen laurine efren xochitl itzel citlali maricela marisela montserrat roser laia
mireia arnau unai ibon ainhoa itziar edurne garazi begona koldo brais uxia sabela xoan breixo antia iago
henar brittany courtney travis wyatt brett donnie billy archie jude finley morag catriona shona alasdair
gethin ieuan owain emyr dafydd carys bronwen cerys sioned ffion aoife saoirse declan padraig seamus
cillian tadhg diarmuid ruairi fintan memo lalo beto chucho chuy paco pancho lupita tino quique kike chema
chepe lola conchita juancho soizic nolwenn nolwen paule enora tifenn ronan goulven mags oluwafemi joanie
zach zachary zahra zainab zak zara zeinab zoe zoey zohra zoltan zuzana
"""
_WORDS_TOO = """
abril alba alegria angel angeles april art august autumn bill blanche bonnie brice chance charity
chase clara clemente
cliff colombe crystal dale dawn desire destiny dick domingo drew faith felicidad flor frank gene
ginger grace grant
harmony heath honor hope hunter iris ivy jasmin joie june jacinto jade justice juste lane liberty
lily luz marine mark
may mercy miles milagro modeste nat nieves norm olive pat patience paz penny pilar placide precious
pru prudence reine
rich rob rocio rose rosario sage salvador serenity skip socorro sol soledad solange story sterling summer
trinity trinidad
val victor vita wade ward will willow wolf parfait fidele constant
"""
FIRST_NAMES = frozenset(tokens(_NAMES)) | frozenset(tokens(_WORDS_TOO))
AMBIGUOUS_NAMES = frozenset(tokens(_WORDS_TOO)) | frozenset(
    tokens(
        "al don ed ela elle guy jo ken lee lou max pat ray sue art rex rod said ange german awa esperanza "
        "remedios"
    )
)
"""First names that are also words: in lower case they count only where a name is expected."""
