/*
Checks the evidence that is one HTML file: the chain of the journal in it, and that the page above says what this journal says. What
people read is made anew of the journal and compared byte for byte, so that nobody changes a name in it and keeps the journal.
*/
import type {Entry} from '../cutover/ports.ts';
import {journalIn} from './journal-block.ts';
import {type Chain, closingFaults, type Demands, type Fault, type Verified, verified} from './verify.ts';

/** Whether the page was compared with its journal; else why it was not. */
export type Compared = 'same' | 'differs' | 'other program' | 'open' | 'no journal';

export type VerifiedDocument = Verified & {readonly page: Compared; readonly program: string};

const programOf = (document: string): string => /<meta name="generator" content="([^"]*)">/.exec(document)?.[1] ?? '';

/** The heading above the first byte that differs; empty above all of them. */
function headingOf(document: string, rendered: string): string {
	let at = 0;
	while (at < rendered.length && rendered[at] === document[at]) at++;
	return (
		rendered
			.slice(0, at)
			.match(/<h2>[^<]*/g)
			?.at(-1)
			?.slice('<h2>'.length) ?? ''
	);
}

const changed = (document: string, rendered: string): Fault => {
	const heading = headingOf(document, rendered);
	const where = heading === '' ? 'at its top' : `at or after "${heading}"`;
	return {
		seq: null,
		code: 'page',
		message: `what is read in this file is not what its journal says, ${where}: it was changed after the export`,
	};
};

/**
Null where the document holds no journal. `render`: the page that this program makes of a closed cutover's entries. One that was
exported before the close shows what only its host saw then, and another version may write otherwise: neither is compared.
*/
export async function verifyDocument(
	document: string,
	chain: Chain,
	demands: Demands,
	render: (entries: readonly Entry[]) => string,
): Promise<VerifiedDocument | null> {
	const journal = journalIn(document);
	if (journal === null) return null;
	let page: Compared = 'no journal';
	const pageFaults = (entries: readonly Entry[]): readonly Fault[] => {
		if (entries.length === 0 || entries.length !== journal.split('\n').length - 1) return [];
		if (entries.at(-1)?.type !== 'closed') page = 'open';
		else {
			const rendered = render(entries);
			const isOther = programOf(document) !== programOf(rendered);
			page = rendered === document ? 'same' : isOther ? 'other program' : 'differs';
			if (page === 'differs') return [changed(document, rendered)];
		}
		return [];
	};
	const found = await verified(Buffer.from(journal), chain, demands, entries => [
		...closingFaults(entries),
		...pageFaults(entries),
	]);
	return {...found, page, program: programOf(document)};
}
