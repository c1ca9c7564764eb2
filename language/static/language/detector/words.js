/** What the words around a name say of it. The lists of words themselves: language/detector. */

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
