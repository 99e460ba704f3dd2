/* The writers of the formats of evidence; each gives the whole document, ending in a line break. */
import type {EvidenceFormat} from '../cutover/model/evidence-format.ts';
import {asHtml} from './formats/html.ts';
import {asJson} from './formats/json.ts';
import {asMarkdown} from './formats/md.ts';
import {asText} from './formats/text.ts';
import type {Package} from './package.ts';

export const formats: {readonly [K in EvidenceFormat]: (evidence: Package) => string} = {
	text: asText,
	md: asMarkdown,
	json: asJson,
	html: asHtml,
};
