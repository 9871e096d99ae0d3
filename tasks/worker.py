"""The worker: `python -m tasks.worker` delivers until it is told to stop."""

import logging
import signal

import config
from models.demarrage import demarrer
from tasks import annonces, courriels, exports, purge, queue, ramassage, rappels, relances, relay, resumes  # noqa: F401 (they put tasks on the calendar)
from tasks.registres import actualisation

ARRETS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FILS = 2
# Seconds between two looks at an empty queue, at most, and between two looks at the threads.
ATTENTE_MAX = 1.0
VISITE = 10

log = logging.getLogger(__name__)


def main() -> None:
    """Run the consumer of the queue until a signal asks to stop, then finish the running tasks.

    huey would drop the running task on SIGTERM, and on a second SIGINT, such as the launcher's after Ctrl-C. So
    the signals stay blocked, in its threads too, and the main thread waits for one of them.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ARRETS)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    reglages = config.reglages()
    demarrer(reglages)
    queue.brancher(reglages)
    courriels.brancher(reglages)
    annonces.brancher(reglages)
    actualisation.brancher(reglages)
    for module in (relances, rappels, resumes, purge, exports):
        module.brancher(reglages)
    consumer = relay.huey.create_consumer(workers=FILS, max_delay=ATTENTE_MAX)
    consumer.start()
    log.info("worker ready")
    while signal.sigtimedwait(ARRETS, VISITE) is None:
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("worker stopped")


if __name__ == "__main__":
    main()
