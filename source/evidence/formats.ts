/*
The formats of the evidence, one line a format.
*/
import {asJson} from './formats/json.ts';
import {asMarkdown} from './formats/md.ts';
import {asText} from './formats/text.ts';
import type {Package} from './package.ts';

export type Format = 'text' | 'md' | 'json';

/** Each gives the whole document, ending in a line break. */
export const formats = {text: asText, md: asMarkdown, json: asJson} satisfies {
	[K in Format]: (evidence: Package) => string;
};

export const isFormat = (word: string): word is Format => Object.hasOwn(formats, word);
