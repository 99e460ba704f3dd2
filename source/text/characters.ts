// Which characters can deceive whoever reads a terminal: those that act on it, those that reorder what is around them and
// those that cannot be seen. The ranges are written out where bytes must stay the same under every Unicode version.

/** C0, DEL and C1: a terminal may obey them. */
export const control = /[\u0000-\u001f\u007f-\u009f]/u;

/** Marks, embeddings, overrides and isolates that change the order in which text is shown. */
export const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Takes a place in the text and shows nothing: zero-width, ignorable and format characters, line and paragraph separators, noncharacters. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/** A variation selector or joiner where it only shapes an emoji: seen, and harmless. */
export const emojiGlue =
	/(?<=\p{Emoji})[\ufe0e\ufe0f]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)\u200d(?=\p{Extended_Pictographic})/u;

/** What JSON escapes beyond the standard's own: DEL, C1, and what reorders, hides or breaks lines. */
export const escapedInJson =
	/[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const names: Readonly<Record<number, string>> = {
	0x00: 'null',
	0x07: 'bell',
	0x08: 'backspace',
	0x09: 'tab',
	0x0a: 'line feed',
	0x0d: 'carriage return',
	0x1b: 'escape',
	0x7f: 'delete',
	0x9b: 'control sequence introducer',
	0xad: 'soft hyphen',
	0x61c: 'Arabic letter mark',
	0x200b: 'zero width space',
	0x200c: 'zero width non-joiner',
	0x200d: 'zero width joiner',
	0x200e: 'left-to-right mark',
	0x200f: 'right-to-left mark',
	0x202a: 'left-to-right embedding',
	0x202b: 'right-to-left embedding',
	0x202c: 'pop directional formatting',
	0x202d: 'left-to-right override',
	0x202e: 'right-to-left override',
	0x2060: 'word joiner',
	0x2066: 'left-to-right isolate',
	0x2067: 'right-to-left isolate',
	0x2068: 'first strong isolate',
	0x2069: 'pop directional isolate',
	0xfeff: 'byte order mark',
};

/** `U+202E`: how a character is written where it must not be shown itself. */
export const codePoint = (character: string): string =>
	`U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`;

/** `U+202E right-to-left override`, or the code point alone where it has no name here. */
export function nameOf(character: string): string {
	const name = names[character.codePointAt(0) ?? -1];
	return name === undefined ? codePoint(character) : `${codePoint(character)} ${name}`;
}

/** Characters of one cell each, which no other joins, hides or turns around; one of them is looked for sooner than each of the others. */
export const plain =
	/^[ -~\u00c0-\u017f·\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u23ce\u2400-\u2426\u2500-\u25fc\u2713-\u2718]*$/;
