/**
 * People with a browser: how they log in at the provider and out again, the sessions that they have between, and the few
 * pages that they see. Programs have no sessions: they bring what they log in with, with each request.
 *
 * <pre>
 *  GET any page ──302──► provider ──302──► /login/callback ──302──► the page, with the session's cookie
 *     LoginCookie: the attempt, sealed          BrowserSessions: who it is, and the tokens
 *  POST /logout ──303──► provider ──302──► GET /logout
 * </pre>
 */
@NullMarked
package io.icespar.server.browser;

import org.jspecify.annotations.NullMarked;
