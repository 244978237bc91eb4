export const bootIsUnknown = 'It is unknown whether Vira starts at boot.';
export const notAtBoot = 'Vira does not start at boot.';
