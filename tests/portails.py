"""Applications of a test process: made once, since compiling two hundred routes takes longer than most tests."""

from app import create_app, regler

_made = {}


def portail(reglages, gabarits_compiles, equiper=None):
    """The portal with these settings; what an earlier test set of its own is gone. equiper: adds what a test needs."""
    if equiper in _made:
        application, settings = _made[equiper]
        application.config.clear()
        application.config.update(settings)
        regler(application, reglages)
        return application
    application = create_app(reglages)
    application.jinja_env.bytecode_cache = gabarits_compiles
    if equiper:
        equiper(application)
    _made[equiper] = application, dict(application.config)
    return application
