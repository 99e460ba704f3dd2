/*
The first opening, as the screen gets it (port Opening).
*/
import {randomUUID} from 'node:crypto';
import type {Opening} from '../cutover/ports.ts';
import {isRefusal} from '../cutover/refusal.ts';
import {forScreen} from './acts.ts';
import {beginCutover} from './beginning.ts';
import type {Call} from './call.ts';
import {readFor} from './opening.ts';
import {understood} from './understood.ts';
import {type Opened, stateRoot} from './world.ts';

/** `opened` is told of the cutover that it became, for closing it. */
export function opening(call: Call, file: string, opened: (cutover: Opened) => void): Opening {
	const read = readFor(call, file);
	const {runbook, source, problems, willRun, workspace} = read;
	return {
		path: read.file,
		runbook,
		source,
		problems,
		summary: understood(read, null),
		willRun,
		workspace,
		async begin({t0, ticket, environment}, by) {
			const begun = await beginCutover(
				call.io,
				stateRoot(call),
				read,
				{t0, ticket, environment, commandId: randomUUID()},
				by,
			);
			if (isRefusal(begun)) return begun;
			opened(begun);
			await begun.reconcile();
			return forScreen(call.io, begun);
		},
	};
}
