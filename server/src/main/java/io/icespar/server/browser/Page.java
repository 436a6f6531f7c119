package io.icespar.server.browser;

import io.icespar.server.http.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.StringUtil;

/**
 * A small page: a title, some lines below it, and buttons. It runs no script and loads nothing, but for what a
 * {@link Drawing} needs.
 *
 * @param status the HTTP status
 * @param title what it is about
 * @param content HTML below the title
 * @param formTarget where its form may lead to in the end, other than this server
 * @param drawing what is drawn below all that
 */
record Page(int status, String title, List<String> content, Optional<URI> formTarget, Optional<Drawing> drawing) {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1c2733;--soft:#5b6b7b;--line:#d5dde5;--ground:#f5f8fa;--card:#fff;\
            --key:#0b63ce}
            @media(prefers-color-scheme:dark){:root{--ink:#e8eef4;--soft:#9fb0c0;--line:#33414f;--ground:#121a22;\
            --card:#1b2530;--key:#6db1ff}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);\
            color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
            main{width:100%;max-width:34rem;padding:2rem;background:var(--card);border:1px solid var(--line);\
            border-radius:.75rem}
            .brand{margin:0;color:var(--soft);font-weight:600}
            h1{margin:.25rem 0 1rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
            p{margin:0 0 1rem}
            ul{margin:0 0 1rem;padding:0;display:flex;flex-wrap:wrap;gap:.5rem;list-style:none}
            li,code{padding:.1rem .5rem;border:1px solid var(--line);border-radius:.375rem;font:.9rem ui-monospace,monospace;\
            overflow-wrap:anywhere}
            code{display:block;padding:.5rem .75rem;margin-bottom:1rem;user-select:all}
            h2{margin:0 0 .5rem;font-size:.9rem;color:var(--soft);font-weight:600}
            button,a{display:inline-block;padding:.5rem 1rem;border:1px solid var(--key);border-radius:.375rem;\
            background:none;color:var(--key);font:inherit;text-decoration:none;cursor:pointer}
            button:focus-visible,a:focus-visible{outline:3px solid var(--key);outline-offset:2px}
            main:has(figure){max-width:none;min-width:0}
            body:has(figure){place-items:start center;grid-template-columns:minmax(0,1fr)}
            figure{margin:1rem 0;overflow:auto}
            figure marker circle{fill:var(--card)}
            figure .labelBkg{background:var(--card)!important}
            summary{color:var(--soft);cursor:pointer}
            pre{margin:1rem 0 0;overflow:auto;font:.9rem/1.4 ui-monospace,monospace}
            """;

    /** Copies. */
    Page {
        content = List.copyOf(content);
    }

    /** A page with nothing but a title. */
    static Page of(int status, String title) {
        return new Page(status, title, List.of(), Optional.empty(), Optional.empty());
    }

    /** The same with a paragraph. */
    Page paragraph(String text) {
        return with("<p>" + escaped(text) + "</p>");
    }

    /** The same with words under a heading of their own, each in a box. */
    Page list(String heading, List<String> words) {
        StringBuilder list = new StringBuilder("<h2>" + escaped(heading) + "</h2><ul>");
        words.forEach(word -> list.append("<li>").append(escaped(word)).append("</li>"));
        return with(list + "</ul>");
    }

    /** The same with something to copy under a heading of its own. */
    Page code(String heading, String text) {
        return with("<h2>" + escaped(heading) + "</h2><code>" + escaped(text) + "</code>");
    }

    /** The same with a link to another page of this server. */
    Page link(String label, String path) {
        return with("<a href=\"" + escaped(path) + "\">" + escaped(label) + "</a>");
    }

    /**
     * The same with a button that posts an empty form to another address of this server.
     *
     * @param end where that leads to in the end, if it leads away
     */
    Page button(String label, String path, Optional<URI> end) {
        Page page = with("<form method=\"post\" action=\"" + escaped(path) + "\"><button>" + escaped(label)
                + "</button></form>");
        return new Page(status, title, page.content, end, drawing);
    }

    private Page with(String html) {
        List<String> more = new ArrayList<>(content);
        more.add(html);
        return new Page(status, title, more, formTarget, drawing);
    }

    /** The same with a diagram at its end. */
    Page drawing(Drawing diagram) {
        return new Page(status, title, content, formTarget, Optional.of(diagram));
    }

    private static String escaped(String text) {
        return StringUtil.sanitizeXmlString(text);
    }

    /** The answer that shows it. */
    Reply reply() {
        String page = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">\
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s · Icespar</title><style>%2$s</style></head>
                <body><main><p class="brand">Icespar</p><h1>%1$s</h1>
                %3$s
                %4$s</main>%5$s</body></html>
                """.formatted(
                        escaped(title),
                        STYLE,
                        String.join("\n", content),
                        drawing.map(Drawing::html).orElse(""),
                        drawing.map(Drawing::scripts).orElse(""));
        return Reply.html(status, page).with("Content-Security-Policy", policy());
    }

    private String policy() {
        // Browsers hold a form to this also where it is led on to.
        String forms = "form-action 'self'"
                + formTarget
                        .map(target -> " " + target.getScheme() + "://" + target.getRawAuthority())
                        .orElse("");
        // What is drawn brings styles of its own. They can load nothing, as nothing else can.
        String loaded = drawing.isPresent()
                ? "script-src 'self' " + hash(Drawing.SCRIPT) + "; style-src 'unsafe-inline'"
                : "style-src " + hash(STYLE);
        return "default-src 'none'; " + loaded + "; base-uri 'none'; " + forms + "; frame-ancestors 'none'";
    }

    private static String hash(String source) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
