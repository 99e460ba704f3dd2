import {systemClock} from '../../source/cli/clock.ts';
import {stores} from '../../source/journal/stores.ts';
import {storeContract} from '../store-contract.ts';
import {cutoverFolder} from './place.ts';

for (const [kind, place] of Object.entries(stores))
	storeContract(kind, () => place({folder: cutoverFolder(), clock: systemClock}));
