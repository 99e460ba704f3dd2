/*
The formats of the evidence, one line a format.
*/
import type {EvidenceFormat} from '../cutover/ports.ts';
import {asHtml} from './formats/html.ts';
import {asJson} from './formats/json.ts';
import {asMarkdown} from './formats/md.ts';
import {asText} from './formats/text.ts';
import type {Package} from './package.ts';

export type Format = EvidenceFormat;

/** Each gives the whole document, ending in a line break. */
export const formats = {text: asText, md: asMarkdown, json: asJson, html: asHtml} satisfies {
	[K in Format]: (evidence: Package) => string;
};

export const isFormat = (word: string): word is Format => Object.hasOwn(formats, word);

export const formatNames = Object.keys(formats);
