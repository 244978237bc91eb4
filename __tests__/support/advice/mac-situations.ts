export const macSituations = {};
