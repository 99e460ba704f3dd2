/* Catalogue entries that share one command name, chosen by an option or by the first argument. */
import {catalogue as all, type Catalogue} from '../commands/catalogue.ts';
import type {Line, Spec} from '../commands/spec.ts';

/** One way to say a command, and what it then is. */
export type Route = {readonly spec: Spec; readonly line: Line};

export const routesOf = (command: string, catalogue: Catalogue = all): readonly Route[] =>
	Object.values(catalogue).flatMap(spec =>
		spec.lines.filter(line => line.command === command).map(line => ({spec, line})),
	);
