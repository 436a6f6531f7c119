<#-- The security commands of DESIGN §4, in JavaCC. Each ends in a node that carries the command as data. -->

SqlNode Command() :
{
    final Span s;
    final Command command;
}
{
    (
        <CREATE> { s = span(); } command = CreateCommand()
    |
        <ALTER> { s = span(); } command = AlterCommand()
    |
        <DROP> { s = span(); } command = DropCommand()
    |
        <GRANT> { s = span(); } command = GrantCommand()
    |
        <REVOKE> { s = span(); } command = RevokeCommand()
    |
        <SHOW> { s = span(); } command = ShowCommand()
    |
        <SET> { s = span(); } command = SetCommand()
    |
        <RESET> { s = span(); } command = ResetCommand()
    )
    {
        return new SqlCommand(s.end(this), command);
    }
}

Command CreateCommand() :
{
    boolean replace = false;
    final Name name;
    final boolean ifNotExists;
    PasswordLiteral password = null;
    final Command command;
}
{
    <ROLE> ifNotExists = IfNotExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.CreateRole(name, ifNotExists)); }
|
    <USER> name = SimpleName() [ password = Password() ]
    { return PasswordLiteral.createUser(name, password); }
|
    [ <OR> <REPLACE> { replace = true; } ]
    (
        <RESTRICTION> command = CreateRestriction(replace)
    |
        <CONTEXT> <VALUE> command = CreateContextValue(replace)
    )
    { return command; }
}

Command CreateRestriction(boolean replace) :
{
    final boolean ifNotExists;
    final Name name;
    final SqlIdentifier table;
    Command.Combination combination = Command.Combination.BY_COLUMNS;
    final SqlParserPos open;
    final SqlNode condition;
    final SqlParserPos close;
    List<Name> grantees = new ArrayList<Name>();
}
{
    ifNotExists = IfNotExists() name = SimpleName()
    <ON> table = CompoundIdentifier()
    [
        <AS>
        (
            <RESTRICTIVE> { combination = Command.Combination.RESTRICTIVE; }
        |
            <PERMISSIVE> { combination = Command.Combination.PERMISSIVE; }
        )
    ]
    <USING> <LPAREN> { open = getPos(); }
    condition = Expression(ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN> { close = getPos(); }
    [ <TO> grantees = Names() ]
    {
        return new Command.CreateRestriction(
            name, table, combination, condition, open, close, replace, ifNotExists, grantees);
    }
}

Command AlterCommand() :
{
    final Name name;
    final PasswordLiteral password;
    final Command command;
}
{
    <USER> name = SimpleName()
    (
        password = Password()
        { return PasswordLiteral.alterUser(name, password); }
    |
        command = AlterContextValue(new Grantee.User(name))
        { return command; }
    )
|
    <ROLE> name = SimpleName() command = AlterContextValue(new Grantee.Role(name))
    { return command; }
}

Command DropCommand() :
{
    final boolean ifExists;
    final Name name;
}
{
    <ROLE> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropRole(name, ifExists)); }
|
    <USER> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropUser(name, ifExists)); }
|
    <RESTRICTION> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropRestriction(name, ifExists)); }
|
    <CONTEXT> <VALUE> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropContextValue(name, ifExists)); }
}

Command GrantCommand() :
{
    final List<Name> names;
    final Grantee grantee;
    final List<Name> grantees;
}
{
    <#-- A role may be called RESTRICTION: the word is the keyword only where a name follows it. -->
    LOOKAHEAD(<RESTRICTION> SimpleName())
    <RESTRICTION> names = Names() <TO> grantees = Names()
    { return new Command.Security(new SecurityCommand.GrantRestrictions(names, grantees)); }
|
    names = Names() <TO> grantee = UserOrRole()
    { return new Command.Security(new SecurityCommand.GrantRoles(names, grantee)); }
}

Command RevokeCommand() :
{
    final List<Name> names;
    final Grantee grantee;
    final List<Name> grantees;
}
{
    LOOKAHEAD(<RESTRICTION> SimpleName())
    <RESTRICTION> names = Names() <FROM> grantees = Names()
    { return new Command.Security(new SecurityCommand.RevokeRestrictions(names, grantees)); }
|
    names = Names() <FROM> grantee = UserOrRole()
    { return new Command.Security(new SecurityCommand.RevokeRoles(names, grantee)); }
}

Command ShowCommand() :
{
    SqlIdentifier table = null;
    final Name name;
}
{
    <#-- A context value may be called by any of these words, in quotes. -->
    LOOKAHEAD({ getToken(1).kind == RESTRICTIONS })
    <RESTRICTIONS> [ <ON> table = CompoundIdentifier() ]
    { return new Command.ShowRestrictions(Optional.ofNullable(table)); }
|
    LOOKAHEAD({ getToken(1).kind == AUDIT })
    <AUDIT>
    { return new Command.ShowAudit(); }
|
    LOOKAHEAD(<CONTEXT> <VALUES>)
    <CONTEXT> <VALUES>
    { return new Command.ShowContextValues(); }
|
    name = SimpleName()
    { return new Command.ShowContextValue(name); }
}

<#-- Context values -->

Command CreateContextValue(boolean replace) :
{
    final boolean ifNotExists;
    final Name name;
    final SqlDataTypeSpec type;
    SqlNode defaultValue = null;
    SqlNode claim = null;
    boolean settable = false;
}
{
    ifNotExists = IfNotExists() name = SimpleName() type = DataType()
    [ <DEFAULT_> defaultValue = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    [ <FROM> <CLAIM> claim = StringLiteral() ]
    [ <SETTABLE> { settable = true; } ]
    {
        return new Command.CreateContextValue(
            name, type, Optional.ofNullable(defaultValue), Optional.ofNullable(claim), settable, replace, ifNotExists);
    }
}

Command AlterContextValue(Grantee grantee) :
{
    final Name name;
    final SqlNode value;
}
{
    <SET> name = SimpleName() <EQ> value = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return new Command.AlterContextValue(grantee, name, value); }
|
    <RESET> name = SimpleName()
    { return new Command.Security(new SecurityCommand.ResetContextValue(grantee, name)); }
}

Command SetCommand() :
{
    boolean global = false;
    final Name name;
    final SqlNode value;
}
{
    [ <GLOBAL> { global = true; } ]
    name = SimpleName() <EQ> value = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return new Command.SetContextValue(global, name, value); }
}

Command ResetCommand() :
{
    boolean global = false;
    Name name = null;
}
{
    [ <GLOBAL> { global = true; } ]
    (
        name = SimpleName()
    |
        <ALL>
    )
    { return new Command.ResetContextValue(global, Optional.ofNullable(name)); }
}

Grantee UserOrRole() :
{
    final Name name;
}
{
    <USER> name = SimpleName()
    { return new Grantee.User(name); }
|
    <ROLE> name = SimpleName()
    { return new Grantee.Role(name); }
}

boolean IfNotExists() :
{
}
{
    LOOKAHEAD(<IF> <NOT>)
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExists() :
{
}
{
    LOOKAHEAD(<IF> <EXISTS>)
    <IF> <EXISTS> { return true; }
|
    { return false; }
}

PasswordLiteral Password() :
{
    final SqlNode text;
}
{
    <PASSWORD> text = StringLiteral()
    { return PasswordLiteral.of(text); }
}

Name SimpleName() :
{
    final SqlIdentifier identifier;
}
{
    identifier = SimpleIdentifier()
    { return Name.of(identifier.getSimple()); }
}

List<Name> Names() :
{
    final List<Name> names = new ArrayList<Name>();
    Name name;
}
{
    name = SimpleName() { names.add(name); }
    ( <COMMA> name = SimpleName() { names.add(name); } )*
    { return names; }
}
