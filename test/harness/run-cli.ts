/** The command line from its source, as a process of its own. */
import {main} from '../../cli.tsx';

await main(null, () => {});
