/**
 * The words that the detector knows: lower case, without accents, parted by white space.
 *
 * A name that is also an everyday word ('roos', 'bakker') stands in the list that says so: it counts only with a capital
 * and, at the begin of a sentence, only when what follows fits a person. How to add one: docs/how-to/add-a-word-to-the-detector.md
 */

/** @param {string} list */
const wordSet = (list) => new Set(list.trim().split(/\s+/));

/** First names that are words too. */
export const WORD_FIRST_NAMES = wordSet(`
ad amber april bas ben bo bob can els fleur floor ger han iris jade jet job joy koos lente lies lieve linde luna
mark max mees merel mies mo nour piet puck riet ron roos rosa saar sam sem sien stan sterre tess ties toon vera wil`);

/** Surnames that are words too. */
export const WORD_SURNAMES = wordSet(`
bakker beek berg boer bos bosch brink broek brouwer bruin burg dam dekker dijk groen groot haan heuvel hoek jager
jong kok koning kramer kuiper meer molenaar prins schipper timmerman veen vink visser vliet vos vries vroom wit`);

/** Between a first name and a surname. */
export const PARTICLES = wordSet(
  "van de den der het 't te ter ten in op aan bij la le du di da el al ben bin von ait ould vd v d o d'",
);

/** Before a name; what follows with a capital is one. */
export const TITLES =
  wordSet(`mw mevr mevrouw mej dhr hr heer meneer mijnheer dr drs ir ing prof mr dokter juf juffrouw meester zuster broeder oma opa
tante oom ome familie fam gezin collega buurman buurvrouw neef nicht genaamd heet heette heten noemt zus broer zoon dochter vriend vriendin`);

/** Before a name too; a word about health in their sentence is about someone. */
export const ROLES =
  wordSet(`client patient bewoner bewoonster klant huurder huurster leerling student studente stagiair stagiaire chauffeur monteur
medewerker medewerkster werknemer bezorger verpleegkundige huisarts docent docente leraar mentor moeder vader man vrouw partner gast
teamleider leidinggevende baas chef planner wethouder burgemeester inwoner deelnemer sollicitant kind boer boekhouder`);

/** With a capital, yet no name. */
export const NO_NAMES = wordSet(`
afdeling ai amsterdam april arabisch assen augustus bel bewoner bv chat chatgpt claude client collega copilot daar
dames dan dat de december den der dinsdag dit donderdag drenthe een en engels europa excel februari friesland gast
geef geen gemeente gemini gisteren google graag groningen heb heeft heer help heren het hier hij ik ja januari je
jij jouw juli juni kan kerst klant kun leerling maak maandag maar maart mag mail medewerker mei meneer met mevrouw
mijn moet morgen na naam naar nederland nederlander nederlands nee niet november nu nv of oktober om ons onze ook
ouders outlook pasen patient schrijf september sint sollicitant st stuur te team teams u uw van vandaag voor vraag
vrijdag wat we whatsapp wie wij woensdag word zaterdag ze zij zijn zondag zwolle`);

/** What a person does, beside verbs that end in t; it tells 'Roos is ziek' from 'Roos en tulpen'. */
export const DEEDS = wordSet(`is was heeft had kan kon wil wilde kwam ging kreeg vond moest stuurde werd werkte`);

/** What only a person does. */
export const HUMAN =
  /^(?:zegt|zei|vraagt|vroeg|belt|belde|woont|woonde|mailt|mailde|appt|appte|huilt|klaagt|denkt|wil|wilde|heet)$/;

/** Before a name it is a firm. */
export const FIRMS =
  /bedrijf$|^(?:bakkerij|slagerij|garage|firma|cafe|restaurant|hotel|kapsalon|winkel|apotheek|stichting)$/;

/** After a name it is a house, a firm or a prize. */
export const NAMED_AFTER =
  /^ ?-?(?:ziekenhuis|(?:basis)?school|college|lyceum|gymnasium|museum|stadion|arena|prijs|huis\b|kliniek|gebouw|flat|zaal|bv\b|b\.v|straat|laan|weg|plein|park|brug|tunnel|fonds|bouw|transport)/i;

/** Before a name it is someone whom everybody knows. */
export const MAKERS =
  /\b(?:boek|roman|gedicht|film|lied(?:je)?|schilderij|prent|schilder|dichter|schrijver|schrijfster|zanger(?:es)?|kunstenaar|koning(?:in)?|president|premier|minister)(?:en)?(?: van)? $/i;

/** Names that are nobody's secret. */
export const FAMOUS =
  /\b(?:rembrandt|van gogh|anne frank|einstein|mozart|picasso|johannes vermeer|mondriaan|willem van oranje|erasmus|de ruyter|cruijff|albert heijn|jan linders|douwe egberts|dirk van den broek|jan modaal)$/;

/** Begins of words about health. */
export const HEALTH = `diabet suikerziekte kanker tumor leukemie chemo bestraling depressi burn-?out overspannen dement alzheimer parkinson zwanger miskraam
allergi epilep astma copd hiv\\b autis adhd hart(?:aanval|infarct|falen|klacht) beroerte herseninfarct hernia reuma artrose insuline verslaa psycho psychi
paniekaanval ptss trauma anorexi suicid zelfmoord borderline schizofren bipolair incontinent corona covid longontsteking
(?:buik)?griep migraine dialyse antidepress medicatie medicijn antibiotica ziek(?:te|gemeld|tewet)?\\b operatie geopereerd
(?:heup|been|arm|pols|enkel|rib|hand)\\sgebroken gebroken\\s(?:heup|been|arm|pols|enkel|rib|hand) rugklacht rugpijn bloeddruk notenallergie
dyslexi handicap rolstoel prothese verlamd blind\\b slecht(?:horend|ziend) doof\\b abortus soa\\b jicht hersenschudding`;
