import { required } from '../testing/environment.ts';
import { kafkaRig } from '../testing/kafka-rig.ts';
import { describePorts } from '../testing/port-contract.ts';

describePorts('Kafka', () => kafkaRig(required('SYNC_KAFKA_BROKERS').split(',')));
