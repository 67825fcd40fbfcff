/** Decimal numbers as canonical text: exact where a double is not. `-0`, leading and trailing zeros are gone. */

/** Canonical text of a decimal number written in plain or exponent form; null when the text is no number. */
export function canonicalDecimal(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  return compose(sign === '-', whole, fraction, Number(exponent));
}

function compose(negative: boolean, whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const split = Math.max(point, 0);
  const integer = padded.slice(0, split).replace(/^0+/, '') || '0';
  const rest = padded.slice(split).replace(/0+$/, '');
  const magnitude = rest === '' ? integer : `${integer}.${rest}`;
  return negative && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

/** Rounds canonical text half away from zero to a number of decimal places. */
export function roundDecimal(text: string, places: number): string {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  if (fraction.length <= places) return text;
  const scaled = BigInt(whole + fraction.slice(0, places));
  const up = Number(fraction[places]) >= 5 ? 1n : 0n;
  return shiftDecimal(`${text.startsWith('-') ? '-' : ''}${scaled + up}`, -places);
}

/** Multiplies canonical text by a power of ten, exactly. */
export function shiftDecimal(text: string, power: number): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  return compose(negative, whole, fraction, power);
}
