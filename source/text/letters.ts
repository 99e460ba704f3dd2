/*
Letters and digits as plain ranges, for patterns. What Unicode offers by name (\p{L}) is hundreds of ranges, and each pattern
that names it takes a millisecond to make, which fifty patterns of a reading would cost every `check`. Blocks are taken whole:
the few signs in them count as letters. Where a character could deceive, text/clean.ts looks by Unicode's own names.
*/

/** Of the alphabet that English and its neighbours write, with digits. */
export const latin = String.raw`0-9A-Za-zªµº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a`;

export const han = String.raw`\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff`;

/** Of every script; what a range of numbers needs as well. */
export const letter = String.raw`${latin}${han}\u0250-\u02c1\u0300-\u1dff\u1f00-\u1fff\u2c00-\u2dff\u3040-\u318f\u31a0-\u31ff\ua000-\ud7ff\ufb00-\ufdff\ufe70-\ufefc\uff66-\uffdc`;

export const isHan = new RegExp(`[${han}]`);
export const isLetter = new RegExp(`[${letter}]`);

const pictures =
	/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3)+|(?<![a-z0-9_]):[a-z][a-z0-9_+-]*:(?![a-z0-9_])/giu;

/** Without emoji and their names between colons, which are put before words to please. */
export const withoutPictures = (text: string): string =>
	/[^\0-\u1fff]|:[a-z]/.test(text) ? text.replace(pictures, ' ').trim() : text;
