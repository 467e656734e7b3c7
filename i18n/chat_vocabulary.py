"""Chat words that lists from edited text lack: shorthand, and words that all three languages share."""

SHORTHAND = {
    "en": """
        hi hiya hey heya hello yo gm pls plz plss thx thnx tnx thanx thankyou ty tysm cheers u ur r ure
        cant dont doesnt didnt wont isnt arent wasnt couldnt wouldnt shouldnt havent hasnt aint
        im ive ill id its thats theres whats wheres hows whos youre theyre weve wanna gonna gotta lemme gimme
        idk btw omg tbh rn cuz coz bcoz bc w/ smth sth acct pw pwd msgs asap
    """,
    "fr": """
        ya bjr bjour bonj slt salu salut bsr cc allo coucou re svp stp sivouplait silvouplait siouplait mrc mci merci
        pb pbs pblm pblme probleme souci pbm rdv tel ordi appli applis maj mdp mp
        cad cest ca yavait jai jarrive jarive jpeux jpe jsp jpp jsuis chui chuis jvoudrais
        jcomprends jattends jutilise lappli lapplication lecran daide quelquun qqn qqun qqch qd qque
        tjs tjr tjrs bcp vs vmt vrmt dsl desole mtn ajd auj pk pkoi pq pr ds ns ki ke koi keske
        hs nv nvl nvx mdr dac marche plante plantage bugue bugge beug rame bloque fige
        aide aidez urgence lent connexion bizarre tarif tarifs devis
    """,
    "es": """
        ya hola holi holis ola buenas bnas buens wenas qtal ke k q x xq xk pq pk porq xfa xfavor porfa porfis
        plis porfavor grax grcs grasias gcias salu2 tb tmb tbn tambn toy toi ta tas sta stoy pa tqm nose nse
        nomas orale wey guey che boludo vale finde celu compu dnd cdo cm msj msjs tlf tfno ntp
        funca funka jala anda urge urjente ayuda ayudaa ayudenme disculpe disculpen oiga oigan
        mal malo sirve va
    """,
}
"""A word listed under several languages counts for each of them."""

SUPPORT_WORDS = {
    "en": """
        issue issues login logins crash crashes crashed offline charge charges charged change changes reset
        upload download server update updates scanner
    """,
    "fr": "formation formations",
    "es": "urgente",
}
"""Support words that edited text uses in several languages, but customers nearly always in one."""

OPENINGS: dict[tuple[str, ...], str] = {("y", "a"): "fr"}
"""First words that identify one language, as in “y a un bug”."""

_BORROWED = """
    ok okay app apps bug bugs email emails mail gps wifi pdf sms web online log stock internet software
    hardware error urgent support ticket chat bot admin manager link smartphone tablet pc mac ios android
    whatsapp telegram google windows excel word outlook chrome test demo premium plus pro total final normal
    social digital general local global
"""
BORROWED = frozenset(_BORROWED.split())
"""Spelled alike in all three: weak evidence alone, and never stronger than another word."""
