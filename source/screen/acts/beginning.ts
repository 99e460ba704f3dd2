/** The act of the first opening: from a runbook that was read to a cutover. */
import {identityText} from '../../cutover/model/person.ts';
import {doubtOf, local, parseInstant, parseWhen} from '../../text/time.ts';
import {type Act, maybeText, nowhere, orNull, preset, time} from './act.ts';

export const begin: Act = {
	title: 'Begin the cutover',
	help: 'Approves exactly the bytes that were shown, and opens the cutover.',
	...nowhere,
	probe: () => null,
	lines: ({opening, account, view}) =>
		opening === null
			? []
			: [
					`${opening.path}   ${opening.runbook?.digest ?? ''}`,
					`by ${view.person.name}, identity ${identityText(view.person)}, as ${account} in ${opening.workspace}`,
					'Nothing runs yet: this approves these bytes, and what runs later runs from them.',
				],
	fields: ({opening}) => {
		const planned = opening?.runbook?.t0 ?? null;
		const when = planned === null ? null : parseInstant(planned);
		return [
			preset(time('t0', 'T0'), when === null ? '' : local(when)),
			preset(maybeText('ticket', 'ticket'), opening?.runbook?.ticket ?? ''),
			preset(maybeText('environment', 'environment'), opening?.runbook?.environment ?? ''),
		];
	},
	effect: (values, _, {snapshot}) => {
		const typed = values['t0'] ?? '';
		const doubt = doubtOf(typed.trim(), snapshot.now);
		if (doubt !== null) return {problem: doubt};
		const t0 = parseWhen(typed.trim(), snapshot.now);
		if (t0 === null) return {problem: `"${typed}" is no time: HH:MM, +90m, or RFC 3339.`};
		if (t0 <= snapshot.now) return {problem: 'T0 lies in the past: name a later time.'};
		return {
			kind: 'begin',
			t0,
			ticket: orNull(values['ticket']),
			environment: orNull(values['environment']),
			confirm: [],
		};
	},
};
