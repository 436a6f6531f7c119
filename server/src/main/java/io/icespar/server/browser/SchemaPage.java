package io.icespar.server.browser;

import io.icespar.security.identity.Caller;
import io.icespar.server.http.BrowserRequest;
import io.icespar.server.http.CallerHandler;
import io.icespar.server.http.Reply;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The tables that the caller may know of, as a diagram: drawn for people with a browser, as its text for programs. That
 * is {@code text/plain}: people read it and put it into other documents, and a browser that asks for text shows it, where
 * it would save a type that it does not know.
 */
public final class SchemaPage implements CallerHandler {
    /** Where it is found. */
    public static final String PATH = "/schema";

    private final Function<Caller, String> diagrams;
    private final MermaidScript library;

    /**
     * Creates it.
     *
     * @param diagrams gives the diagram of what a caller may know of, in the language of Mermaid
     * @param library what draws it
     */
    public SchemaPage(Function<Caller, String> diagrams, MermaidScript library) {
        this.diagrams = diagrams;
        this.library = library;
    }

    @Override
    public void handle(Caller caller, Request request, Response response, Callback callback) {
        String diagram = diagrams.apply(caller);
        Reply reply = BrowserRequest.prefersPages(request)
                ? page(caller, diagram).reply()
                : Reply.text(HttpStatus.OK_200, diagram.stripTrailing());
        reply.with("Vary", "Accept").send(response, callback);
    }

    private Page page(Caller caller, String diagram) {
        Page page = Page.of(HttpStatus.OK_200, "Schema");
        return diagram.contains("{")
                ? page.paragraph("What " + caller.name() + " may know of, and how it belongs together.")
                        .link("Home", "/")
                        .drawing(new Drawing(diagram, library.path()))
                : page.paragraph("There is no table that " + caller.name() + " may read.")
                        .link("Home", "/");
    }
}
