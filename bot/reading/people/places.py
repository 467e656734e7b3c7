"""Countries, cities and departments: where somebody is, not who they are with."""

_PLACES = """
spain,france,england,portugal,italy,germany,switzerland,belgium,ireland,scotland,wales,britain,uk,usa,us,
america,canada,mexico,argentina,chile,colombia,peru,brazil,uruguay,paraguay,bolivia,ecuador,venezuela,
morocco,algeria,tunisia,senegal,netherlands,holland,luxembourg,austria,poland,greece,turkey,sweden,norway,
denmark,finland,india,china,japan,australia,espagne,angleterre,italie,allemagne,suisse,belgique,irlande,
ecosse,mexique,argentine,chili,colombie,perou,bresil,maroc,algerie,tunisie,pays-bas,autriche,pologne,espana,
francia,inglaterra,italia,alemania,suiza,belgica,irlanda,marruecos,argelia,brasil,paris,london,londres,
madrid,barcelona,barcelone,lisbon,lisbonne,lisboa,porto,lyon,marseille,toulouse,nice,nantes,bordeaux,lille,
strasbourg,geneva,geneve,ginebra,zurich,lausanne,bern,berne,basel,bale,brussels,bruxelles,bruselas,rome,
roma,milan,milano,berlin,munich,hamburg,vienna,vienne,viena,dublin,manchester,birmingham,liverpool,leeds,
bristol,glasgow,edinburgh,new york,boston,chicago,los angeles,san francisco,miami,seattle,toronto,montreal,
quebec,vancouver,sevilla,seville,valencia,bilbao,malaga,zaragoza,buenos aires,santiago,bogota,lima,quito,
caracas,mexico city,ciudad de mexico,monterrey,guadalajara,medellin,montevideo,casablanca,rabat,tunis,alger,
dakar,amsterdam,rotterdam,prague,warsaw,athens,istanbul,mumbai,delhi,singapore,tokyo,sydney,melbourne,dubai,
support,sales,accounting,marketing,finance,it,hr,work,home
"""
PLACES = frozenset(_PLACES.replace("\n", "").split(","))
