/*
The formats in which evidence is written, by the name of their option. To add one: a file with its writer, and a line in this
table; command line, screen and docs follow. Names are known at each start, writers are loaded when they write.
*/
import {InputError} from '../text/error-text.ts';
import type {Package} from './package.ts';

/** The whole document, ending in a line break. */
export type Write = (evidence: Package) => string;

/** `title`: as people call it. */
type Format = {readonly title: string; load(): Promise<Write>};

export const formats: Readonly<Record<string, Format>> = {
	text: {title: 'text', load: async () => (await import('./formats/text.ts')).asText},
	md: {title: 'Markdown', load: async () => (await import('./formats/md.ts')).asMarkdown},
	json: {title: 'JSON', load: async () => (await import('./formats/json.ts')).asJson},
	html: {title: 'HTML', load: async () => (await import('./formats/html.ts')).asHtml},
};

/** Its writer. Rejects where there is no such format. */
export async function writerOf(name: string): Promise<Write> {
	const found = Object.hasOwn(formats, name) ? formats[name] : undefined;
	if (found === undefined)
		throw new InputError(`There is no format "${name}". There are: ${Object.keys(formats).join(', ')}.`);
	return found.load();
}
