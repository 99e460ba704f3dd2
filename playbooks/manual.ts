/* A stage that people do by hand: shows what is to be done and how its outcome is recorded. */
import type {Playbook} from 'cutover-tui/playbook';

const playbook: Playbook = async ({step, say, values}) => {
	await step(
		'what is to be done',
		() => {
			say(values.action);
			if (values.evidence !== '') say(`evidence: ${values.evidence}`);
			say(`when it is done: cutover-tui run ${values.of} --result pass --note "what was done"`);
			return null;
		},
		{again: true},
	);
};

export default playbook;
