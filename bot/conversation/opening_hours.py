"""Answers “are you open on Saturday?” and the like from the desk's calendar, in three languages."""

from datetime import datetime, timedelta

from bot.calendar.business_calendar import BusinessCalendar
from bot.calendar.opening_days import DayKind, Interval
from bot.messages import phrases_intake
from bot.messages.outgoing import OpeningHours, SpecialDayHours, Timestamp, Translatable
from bot.text.normalise import consists_of, split_phrases, tokens

AHEAD = 14
"""Days ahead for which we mention hours that differ from the usual week."""

_QUESTIONS = """
are you open,are you guys open,is the desk open,is support open,you open,are you still open,are you closed,
do you open,do you close,do you work,do you answer,when do you open,when do you close,when are you open,
when are you closed,what time do you open,what time do you close,opening hours,opening times,business hours,
office hours,working hours,support hours,your hours,hours of operation,your opening hours,
your opening times,etes vous ouvert,etes vous ouverts,vous etes ouvert,vous etes ouverts,
est ce que vous etes ouvert,est ce que vous etes ouverts,c est ouvert,est ce ouvert,etes vous ferme,
etes vous fermes,vous etes fermes,ouvrez vous,fermez vous,vous ouvrez,vous fermez,travaillez vous,
vous travaillez,vos horaires,les horaires,horaires,horaires d ouverture,heures d ouverture,
vos heures d ouverture,vos horaires d ouverture,esta abierto,estan abiertos,estan abiertas,
estan ustedes abiertos,esta abierta,estan cerrados,abren,cierran,abren ustedes,trabajan,trabajan ustedes,
atienden,atienden ustedes,su horario,sus horarios,el horario,horario,horarios,horario de atencion,
horario de apertura,horarios de atencion,cual es el horario,cual es su horario
"""
_FILLER_WORDS = """
hello,hi,hey,good morning,good afternoon,good evening,please,thanks,thank you,what are,what is,what s,
tell me,can you tell me,could you tell me,i would like to know,i d like to know,when,what time,until when,
till what time,at what time,on,at,the,in,during,this,next,every,also,and,or,still,now,right now,today,
tonight,tomorrow,the weekend,weekend,weekends,the morning,the afternoon,the evening,at night,night,lunch,
lunchtime,public holidays,holidays,bank holidays,christmas,monday,tuesday,wednesday,thursday,friday,
saturday,sunday,mondays,tuesdays,wednesdays,thursdays,fridays,saturdays,sundays,bonjour,bonsoir,salut,bjr,
svp,stp,s il vous plait,merci,quels sont,quelles sont,quel est,c est quoi,connaitre,je voudrais connaitre,
je voudrais savoir,savoir si,si,est ce que,pouvez vous me donner,dites moi,quand,quand est ce que,
a quelle heure,vers quelle heure,jusqu a quelle heure,quels jours,le,les,la,ce,cet,cette,en,a,pendant,et,ou,
encore,aussi,maintenant,aujourd hui,ce soir,demain,week end,le matin,matin,apres midi,l apres midi,soir,
la nuit,midi,entre midi et deux,jours feries,jour ferie,noel,lundi,mardi,mercredi,jeudi,vendredi,samedi,
dimanche,lundis,mardis,mercredis,jeudis,vendredis,samedis,dimanches,hola,buenas,buenos dias,buenas tardes,
buenas noches,por favor,gracias,cual es,cuales son,quisiera saber,me puede decir,me pueden decir,digame,
cuando,a que hora,hasta que hora,que dias,el,los,las,de,por la,por las,este,esta,durante,y,o,todavia,aun,
tambien,ahora,hoy,esta noche,manana,fin de semana,fines de semana,tarde,tardes,noche,festivos,dias festivos,
navidad,lunes,martes,miercoles,jueves,viernes,sabado,sabados,domingo,domingos
"""
_CORE = frozenset(map(tokens, split_phrases(_QUESTIONS)))
_FILLER = frozenset(map(tokens, split_phrases(_FILLER_WORDS)))
_ALL = _CORE | _FILLER


def asks_hours(words: tuple[str, ...]) -> bool:
    """Whether the words ask about opening hours and nothing else."""
    return consists_of(words, _ALL) and not consists_of(words, _FILLER)


def describe_opening_hours(calendar: BusinessCalendar, now: datetime) -> tuple[Translatable, ...]:
    """The weekly hours, the coming days that differ, and whether the desk is open `now`."""
    if calendar.is_always_open:
        return (Translatable(phrases_intake.ALWAYS_OPEN),)
    days = tuple(_as_text(day) for day in calendar.open_days.week)
    hours = phrases_intake.OUR_HOURS(hours=OpeningHours(days, _special_days(calendar, now)))
    opens = Timestamp(calendar.next_opening(now))
    return hours, Translatable(phrases_intake.OPEN_NOW) if calendar.is_open(
        now
    ) else phrases_intake.CLOSED_NOW(opens=opens)


def _special_days(calendar: BusinessCalendar, now: datetime) -> tuple[SpecialDayHours, ...]:
    today = now.astimezone(calendar.zone).date()
    dates = [today + timedelta(days=ahead) for ahead in range(AHEAD)]
    found = [(on, calendar.day(on)) for on in dates]
    week = calendar.open_days.week
    return tuple(
        SpecialDayHours(on, _as_text(day.intervals), day.name)
        for on, day in found
        if day.kind is not DayKind.USUAL and day.intervals != week[on.weekday()]
    )


def _as_text(intervals: tuple[Interval, ...]) -> tuple[str, ...]:
    return tuple(map(str, intervals))
