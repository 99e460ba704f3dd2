/* Collects what is wrong while the runbook is read, so that all of it is reported at once, each at its place. */
import type {Problem} from '../../cutover/model/problem.ts';
import {type Code, complaints, type Values} from './complaints.ts';

/** From 1; `column` in UTF-16 units. */
export type Place = {readonly line: number; readonly column: number};

export type Complain = <C extends Code>(code: C, at: Place, values: Values<C>) => void;

const longest = 200;
const shorten = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
	template.replace(/\{(\w+)\}/g, (_, name: string) => shorten(String(values[name] ?? '')));

/** One problem of the table; `file`: where it is not the runbook itself. */
export function problem<C extends Code>(code: C, at: Place, values: Values<C>, file: string | null = null): Problem {
	const {severity, message, fix} = complaints[code];
	const said = {
		severity,
		line: at.line,
		column: at.column,
		code,
		message: fill(message, values),
		fix: fill(fix, values),
	};
	return file === null ? said : {...said, file};
}

const order = (a: Problem, b: Problem): number =>
	Number(a.severity === 'warning') - Number(b.severity === 'warning') || a.line - b.line || a.column - b.column;

/** `most`: of one code, so that a wrong file does not bury its other problems. */
export function collector(most = 100): {
	complain: Complain;
	elsewhere: (file: string | null) => Complain;
	problems: () => readonly Problem[];
} {
	const found: Problem[] = [];
	const counts = new Map<string, number>();
	const elsewhere =
		(file: string | null): Complain =>
		(code, at, values) => {
			const count = (counts.get(code) ?? 0) + 1;
			counts.set(code, count);
			if (count <= most) found.push(problem(code, at, values, file));
		};
	return {complain: elsewhere(null), elsewhere, problems: () => found.toSorted(order)};
}

export const start: Place = {line: 1, column: 1};
