/*
Who runs a script: bash, as this program calls a rollback script and an endpoint's script by their names or as the runbook's own words
say, or the script itself, which then must be executable.
*/
import {endpointScripts} from './endpoint.ts';
import type {Path, Runbook} from './runbook.ts';
import {rollbackScripts, shellName} from './script.ts';

type Book = Pick<Runbook, 'gates' | 'rollback' | 'endpoints'>;

const interpreter = /^(?:bash|sh|dash|ksh|python3?|node|perl|ruby)$/;

const isNamedWithInterpreter = (path: Path, {gates}: Pick<Runbook, 'gates'>): boolean =>
	gates.some(({commands, passWhen, more}) =>
		[...commands, passWhen, ...Object.values(more)].some(text => {
			const words = text.replaceAll('`', ' ').split(/\s+/);
			return words.some(
				(word, index) => word.replace(/^\.\//, '') === path && interpreter.test(words[index - 1] ?? ''),
			);
		}),
	);

/** Scripts that this program runs: the ways back, and what asks endpoints. */
const called = ({rollback, endpoints = []}: Book): readonly Path[] => [
	...rollbackScripts({rollback}),
	...endpointScripts(endpoints),
];

/** Those of them that must be executable. */
export const runByThemselves = (book: Book): readonly Path[] => called(book).filter(path => !shellName.test(path));

/** Whether a script that a gate of files names must be executable. */
export const mustBeExecutable = (path: Path, book: Book): boolean =>
	!isNamedWithInterpreter(path, book) && !(shellName.test(path) && called(book).includes(path));
