/**
 * Decimal numbers as they are written, without a rounding: a whole mantissa and a power of ten.
 */

/** `mantissa` times ten to the `exponent`. */
export interface Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const WRITTEN = /^([+-]?)(\d[\d_]*)?(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a decimal as written, such as `-0.5` or `1e-3`; undefined if it is none. */
export function readDecimal(text: string): Decimal | undefined {
  const match = WRITTEN.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const digits = BigInt(`${whole.replaceAll("_", "")}${fraction}`);
  return {
    mantissa: sign === "-" ? -digits : digits,
    exponent: Number(exponent) - fraction.length,
  };
}

/** The decimal times a whole factor and a power of ten. */
export const scale = (value: Decimal, factor: bigint, shift: number): Decimal => ({
  mantissa: value.mantissa * factor,
  exponent: value.exponent + shift,
});

/** The nearest double: one rounding, whatever the factors were. */
export const toNumber = ({ mantissa, exponent }: Decimal): number =>
  Number(`${mantissa}e${exponent}`) + 0;

/** True if nothing stands behind the decimal point. */
export function isWhole({ mantissa, exponent }: Decimal): boolean {
  if (exponent >= 0 || mantissa === 0n) return true;
  const digits = mantissa.toString();
  return /^-?\d+$/.test(digits) && digits.endsWith("0".repeat(-exponent));
}

/** The decimal in plain digits, without an exponent and without trailing zeros. */
export function writeDecimal({ mantissa, exponent }: Decimal): string {
  const sign = mantissa < 0n ? "-" : "";
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString();
  if (exponent >= 0) return mantissa === 0n ? "0" : `${sign}${digits}${"0".repeat(exponent)}`;
  const padded = digits.padStart(1 - exponent, "0");
  const whole = padded.slice(0, exponent);
  const fraction = padded.slice(exponent).replace(/0+$/, "");
  return fraction === "" ? `${whole === "0" ? "" : sign}${whole}` : `${sign}${whole}.${fraction}`;
}
