/*
A verification stage: its checklist, for people to answer. No endpoint is bound here, so nothing is measured, and nothing
is claimed: each answer is a person's.
*/
import type {Playbook} from 'cutover-tui/playbook';

const playbook: Playbook = async ({step, items, say, values}) => {
	await step(
		'the checklist',
		() => {
			say(values.action);
			say('nothing measures this here: a person looks, and answers each');
			for (const item of items) say(`[ ] ${item}`);
			if (items.length === 0) say('the runbook names no single items: the outcome is answered as a whole');
			say(
				`answer with: cutover-tui run ${values.of} --result pass${items.map(item => ` --item "${item}=pass"`).join('')}`,
			);
			return [...items];
		},
		{again: true},
	);
};

export default playbook;
