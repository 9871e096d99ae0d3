"""The law of the contrat de professionnalisation: one small pure function per rule, registered at import."""
