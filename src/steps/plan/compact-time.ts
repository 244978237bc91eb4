/** ISO 8601 without its punctuation, to the second: such as `20260301T100000`. */
export const compactTime = (time: string): string => time.replaceAll(/[^\dT]/gu, '').slice(0, 15);
