package io.icespar.engine.config;

/** SKELETON: what an engine is opened with. */
public record EngineSettings() {}
