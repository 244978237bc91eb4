export {makeFleetImages as default} from '../../scripts/fleet/fleet.ts';
