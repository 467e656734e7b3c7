"""Words that don't say what a request is about: a text made only of these leaves open what is affected."""

from bot.text.normalise import split_phrases, tokens

_WORDS = """
a an the this that these those it its i im we you your our my me us he she they them their and or but so if then than
of to in on at for from with without by about into over under up down out off as is are am was were be been being
have has had do does did done can could will would shall should may might must not no yes there here now just only
also too very really quite some any every all each other another again still already ever never when while since
until before after because how what which who why where please hello hi hey thanks thank dear team good morning
afternoon evening anyone somebody someone something anything everything nothing thing things stuff problem problems
issue issues trouble help need needs want wants work works working worked doesnt dont isnt cant wont broken break
breaks fail fails failed failing error errors bug bugs wrong weird strange odd funny acting act goes going went gone
get gets got getting make made use using try tried trying happen happens happened today yesterday tomorrow morning
night week weeks day days hour hours month monday tuesday wednesday thursday friday saturday sunday time times floor
first second third place urgent urgently asap quickly slow down stopped stop looks seems like lot bit

le la les l un une des du de d au aux ce cet cette ces ca cela c je j tu il elle on nous vous ils elles me m te t se s
mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs et ou mais donc or ni car que qu qui quoi dont si en y
a dans sur sous avec sans pour par chez vers depuis pendant avant apres est es suis sont etes sommes etait ete etre
ai as avons avez ont avait avoir fait faire faites fais peux peut pouvez pouvons pourriez pourrait peu plus pas ne n
jamais rien tout toute tous toutes tres trop bien mal deja encore toujours aussi meme quand comment pourquoi combien
bonjour bonsoir salut slt bjr merci svp stp plait madame monsieur equipe quelque quelqu chose choses truc trucs
machin bidule probleme problemes souci soucis pb aide aider besoin marche marchent fonctionne fonctionnent plante
casse panne pannes erreur erreurs bug bugs bizarre etrange arrive aujourd hui hier demain matin soir semaine jour
jours heure heures mois lundi mardi mercredi jeudi vendredi samedi dimanche fois etage premier deuxieme troisieme
urgent urgence vite lent va ya slt coup

el la los las lo un una unos unas de del al a en con sin por para pa y e o u ni que q se me te le les nos os mi mis tu
tus su sus nuestro nuestra nuestros es esta este esto esa ese eso estan estoy estamos son soy somos ser estar fue era
ha han he hemos hay tener tengo tiene tenemos tienen tenia hace hacer hago puede pueden puedo podemos podria poder
quiero queremos quisiera necesito necesitamos ayuda ayudar algo nada todo toda todos todas cosa cosas tema asunto
problema problemas fallo fallos falla fallan error errores averia funciona funcionan funcionar anda andan roto rota
dano danado raro rara extrano pasa pasando paso muy mas menos mucho poco bien mal ya aun todavia siempre nunca tambien
tampoco no si pero porque pues cuando como donde cual quien desde hasta antes despues hoy ayer manana tarde noche
semana dia dias hora horas mes lunes martes miercoles jueves viernes sabado domingo vez veces piso planta primero
segundo tercero hola buenas buenos gracias favor porfa equipo senores urgente lento va van
"""
VAGUE = frozenset(word for line in _WORDS.splitlines() for word in split_phrases(line.replace(" ", ",")))


def is_specific(text: str) -> bool:
    """Whether the text names a thing, so that there's no need to ask what it is about."""
    named = [word for word in tokens(text) if len(word) >= 3 and word not in VAGUE and not word.isdecimal()]
    return bool(named)
