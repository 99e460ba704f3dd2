/*
A text in sentences. A point inside code ends none.
*/
import {withoutCode} from './markdown/inline.ts';

/** `[.!?]` and their like, a semicolon, and the comma before what is done otherwise. */
const end = /[.!?;](?=\s)|[。；！？]|,(?=\s+(?:otherwise|or else|else|alternatively|if (?:that|this|it|the)\b))/gi;

/** More than anybody says in one paragraph. */
const longest = 20_000;

/** Sentences as they are written, code marks and all. */
export function sentences(whole: string): readonly string[] {
	const text = whole.slice(0, longest);
	const found: string[] = [];
	let from = 0;
	for (const match of withoutCode(text).matchAll(end)) {
		found.push(text.slice(from, match.index + 1).trim());
		from = match.index + 1;
	}
	return [...found, text.slice(from).trim()].filter(sentence => sentence !== '');
}
