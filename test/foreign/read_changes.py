"""Reads a change topic from its start with confluent-kafka and prints every record of one key, one JSON object a line.

usage: read_changes.py BROKERS REGISTRY_URL TOPIC KEY
"""

import json
import sys
from datetime import datetime

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext


def end_offsets(consumer, topic):
    """End offset of every partition that holds something."""
    partitions = consumer.list_topics(topic, timeout=20).topics[topic].partitions
    bounds = {p: consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=20) for p in partitions}
    return {p: high for p, (low, high) in bounds.items() if high > low}


def records(consumer, topic, ends):
    """Every record up to the end offsets."""
    low = {p: consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=20)[0] for p in ends}
    consumer.assign([TopicPartition(topic, p, low[p]) for p in ends])
    open_partitions = set(ends)
    while open_partitions:
        message = consumer.poll(30)
        if message is None:
            raise TimeoutError(f"{topic}: nothing for 30 s, partitions {sorted(open_partitions)} not at their end")
        if message.error():
            raise RuntimeError(message.error())
        if message.offset() < ends[message.partition()]:
            yield message
        if message.offset() >= ends[message.partition()] - 1:
            open_partitions.discard(message.partition())


def plain(value):
    """Times as ISO text, for JSON."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(f"{type(value)} is no JSON")


def main(brokers, registry_url, topic, key):
    deserialize = AvroDeserializer(SchemaRegistryClient({"url": registry_url}))
    context = SerializationContext(topic, MessageField.VALUE)
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": "foreign-reader", "enable.auto.commit": False}
    )
    try:
        for message in records(consumer, topic, end_offsets(consumer, topic)):
            if message.key() == key.encode():
                value = None if message.value() is None else deserialize(message.value(), context)
                place = {"partition": message.partition(), "offset": message.offset(), "value": value}
                print(json.dumps(place, default=plain))
    finally:
        consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
