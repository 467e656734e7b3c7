"""The phrases around a name in an answer: “you can put …”, “… on paper”, “prénom …”."""

from bot.reading.people.word_spans import phrase_table
from bot.text.normalise import split_phrases

_ON_PAPER = split_phrases(
    "officially,on paper,on my passport,on my id,in full,full name,officiellement,sur les papiers,"
    "sur mes papiers,en entier,nom complet,oficialmente,en los papeles,en el papel,segun la cedula,en mi dni,"
    "nombre completo,en realidad,en realite"
)
_REALLY = split_phrases("really,actually,properly,en vrai,en fait,en verdad,completo")
_OTHERS_SAY = split_phrases(
    "everyone says,everybody says,people say,they say,everyone calls me,everybody calls me,people call me,"
    "they call me,tout le monde dit,tout le monde me dit,tout le monde m appelle,on m appelle,on me dit,"
    "on dit,todos dicen,todos me dicen,todos me llaman,me llaman,me dicen,me conocen como"
)
LEAD_INS = phrase_table(
    (
        *_ON_PAPER,
        *_OTHERS_SAY,
        *split_phrases(
            "name is,the name is,that d be,that would be,you can put,you can write,put me down as,"
            "i am known as,vous pouvez mettre,tu peux mettre,vous pouvez noter,puede poner,puedes poner,"
            "enfin,actually it s,actually i m,really it s,en fait c est,en vrai c est,en verdad es,en verdad soy,"
            "con gusto,con mucho gusto,mucho gusto,un gusto,enchante,enchantee,nice to meet you,moi c,c,pero,"
            "mais,but,hi,hello,hey,bonjour,bonsoir,salut,hola,buenas,buenos dias,buenas tardes,good morning,"
            "good afternoon,morning,yes,yeah,yep,sure,ok,okay,oh,ah,um,uh,well,so,sorry,no,of course,right,and,"
            "just,please,oui,ouais,d accord,bien sur,ben,alors,euh,pardon,desole,desolee,non,et,si,claro,"
            "claro que si,vale,bueno,pues,perdon,perdona,disculpe,disculpa,dale,va,este,eh,por supuesto,it s,"
            "its,it is,i am,i m,im,this is,that s,thats,that would be,it would be,put,put down,just put,write,"
            "write down,note,note down,just call me,"
            "i go by,me,you may call me,make it,let s say,lets say,say,c est,cest,je suis,jsuis,"
            "chuis,ici,moi,mettez,notez,note,ecrivez,marquez,inscrivez,mets,"
            "disons,ce sera,ca sera,alors c est,es,soy,yo soy,aqui,aca,ponga,pongale,"
            "ponle,pon,anota,anote,anoten,apunta,apunte,apuntame,escriba,escribe,"
            "digame,dime,llameme,llamame,pueden llamarme,puede llamarme,me puede llamar,"
            "me puedes decir,seria,sera,con,habla con,a nombre de,name,full name,nom,nom complet,nombre,"
            "nombre completo,nom prenom,nom et prenom"
        ),
    )
)
REMARKS = phrase_table(
    (
        *_ON_PAPER,
        *_REALLY,
        *split_phrases(
            "please,pls,thanks,thank you,svp,stp,merci,s il vous plait,por favor,gracias,is fine,will do,"
            "is my name,with a,with an,with two,with one,avec un,avec une,avec deux,con,sin,sans,without,"
            "for short,is enough,spelt,spelled,tout court,tout simplement,nomas,nada mas,a secas,suffit,"
            "ca suffit,lol,haha,jaja,jeje,para servirle,para servirte,a sus ordenes,a la orden,"
            "but everyone calls me,but call me,mais on m appelle,pero me dicen,aka,and you,et vous,y usted,"
            "y tu,as in,like the,comme le,comme la,como el,como la,pues,es mi nombre,c est mon nom,is the name,"
            "short for,for my friends,pa la,pa los,pa mi,pa mis,para los,para la,pour les,"
            "ya,and,et,y,but,mais,pero,i need,j ai,tengo,necesito"
        ),
    )
)
OFFICIAL = phrase_table((*_ON_PAPER, *_REALLY, "well", "bueno", "enfin"))
"""A name with these counts more than the short form before it."""
OTHERS = phrase_table(_OTHERS_SAY)
FIRST_NAME_LABELS = phrase_table(
    split_phrases(
        "prenom,mon prenom,prenom c est,mon prenom c est,mon prenom est,first name,my first name is,"
        "first name is,given name,nombre de pila,nombre"
    )
)
SURNAME_LABELS = phrase_table(
    split_phrases(
        "nom de famille,nom,mon nom,mon nom c est,surname,my surname is,surname is,last name,last name is,"
        "family name,apellido,apellidos,apellido es"
    )
)
