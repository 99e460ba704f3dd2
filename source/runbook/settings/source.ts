/*
Where settings are: in the front matter of the runbook or in a file of their own. Read in settings/read.ts.
*/
import type {Path} from '../../cutover/model/runbook.ts';
import {decode} from '../markdown/decode.ts';
import type {Complain} from '../problems/complain.ts';

export type Source = {readonly text: string; readonly from: number; readonly file: Path | null};

/** Front matter of a runbook: its text, and the line (from 0) where the runbook goes on. */
export function frontMatter(
	lines: readonly string[],
	complain: Complain,
): {readonly source: Source | null; readonly next: number} {
	if (lines[0]?.trimEnd() !== '---') return {source: null, next: 0};
	const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
	if (end === -1) {
		complain('settings-open', {line: 1, column: 1}, {});
		return {source: null, next: lines.length};
	}
	return {source: {text: `${lines.slice(1, end).join('\n')}\n`, from: 1, file: null}, next: end + 1};
}

/** How many lines the front matter of a runbook takes. */
export const frontLines = (lines: readonly string[]): number => frontMatter(lines, () => {}).next;

/** A settings file as a source; null where it is no text. */
export function settingsFile(path: Path, bytes: Uint8Array, complain: Complain): Source | null {
	const lines = decode(bytes, complain);
	if (!lines || lines.every(line => line.trim() === '')) return null;
	return {text: `${lines.join('\n')}\n`, from: 0, file: path};
}
