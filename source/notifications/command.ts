/* Runs a command of the workspace: the message and where the cutover stands on its standard input, one line each. */
import {stamp} from '../text/time.ts';
import {arrived, channel, refused} from './channel.ts';

export const command = channel({
	summary: 'a command of the workspace',
	each: true,
	fields: {
		command: {
			kind: 'command',
			required: true,
			summary:
				'command that is called then: the notice and the state of the cutover on stdin, one line each; CUTOVER_TEXT, CUTOVER_HEAD and others in the environment',
		},
	},
	async send({on, text, story, at, cutover, head, rehearsal}, values, {run}) {
		const failed = await run(values.command, `${[text, '', ...story].join('\n')}\n`, {
			CUTOVER_EVENT: on,
			CUTOVER_TEXT: text,
			CUTOVER_AT: stamp(at),
			CUTOVER_ID: cutover,
			CUTOVER_HEAD: head,
			...(rehearsal ? {CUTOVER_REHEARSAL: '1'} : {}),
		});
		return failed === null ? arrived('exit 0') : refused(failed);
	},
});
