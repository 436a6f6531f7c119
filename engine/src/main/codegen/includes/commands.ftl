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
        <CHECK> { s = span(); } <RESTRICTIONS>
        { command = Command.Show.of(Listing.CHECK_RESTRICTIONS, null, null); }
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
    <#-- A role may be called MAPPING. -->
    LOOKAHEAD(<ROLE> <MAPPING> ( <FROM> | <IF> ))
    <ROLE> <MAPPING> { return CreateRoleMapping(); }
|
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
        <MASK> command = CreateMask(replace)
    |
        <CONTEXT> <VALUE> command = CreateContextValue(replace)
    |
        <VIEW> command = CreateView(replace)
    |
        <CUBE> command = CreateCube(replace)
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
        LOOKAHEAD({ getToken(2).kind == DEFAULT_ })
        command = AlterDefaultMember(new Grantee.User(name))
        { return command; }
    |
        command = AlterContextValue(new Grantee.User(name))
        { return command; }
    )
|
    <ROLE> name = SimpleName()
    (
        LOOKAHEAD({ getToken(2).kind == DEFAULT_ })
        command = AlterDefaultMember(new Grantee.Role(name))
    |
        <#-- A context value may be called VISIBILITY. -->
        LOOKAHEAD({ getToken(2).kind == VISIBILITY && getToken(3).kind == OF })
        command = AlterVisibility(name)
    |
        command = AlterContextValue(new Grantee.Role(name))
    )
    { return command; }
|
    <CUBE> command = AlterCube()
    { return command; }
|
    <TABLE> { return AlterTable(); }
|
    <SYSTEM> { return SetDefaultRoles(); }
}

Command DropCommand() :
{
    final boolean ifExists;
    final Name name;
}
{
    LOOKAHEAD(<ROLE> <MAPPING> ( <FROM> | <IF> ))
    <ROLE> <MAPPING> { return DropRoleMapping(); }
|
    <ROLE> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropRole(name, ifExists)); }
|
    <USER> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropUser(name, ifExists)); }
|
    <RESTRICTION> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropRestriction(name, ifExists)); }
|
    <MASK> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropMask(name, ifExists)); }
|
    <CONTEXT> <VALUE> ifExists = IfExists() name = SimpleName()
    { return new Command.Security(new SecurityCommand.DropContextValue(name, ifExists)); }
|
    <VIEW> { return DropView(); }
|
    <CUBE> { return DropCube(); }
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
    <SELECT> { return ChangeSelect(true); }
|
    <#-- A role may be called MEMBERS. -->
    LOOKAHEAD(<MEMBERS> <LPAREN>)
    <MEMBERS> { return ChangeMembers(true); }
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
    <SELECT> { return ChangeSelect(false); }
|
    LOOKAHEAD(<MEMBERS> <LPAREN>)
    <MEMBERS> { return ChangeMembers(false); }
|
    <ALL> <MEMBERS> { return ChangeMembers(false); }
|
    names = Names() <FROM> grantee = UserOrRole()
    { return new Command.Security(new SecurityCommand.RevokeRoles(names, grantee)); }
}

Command ShowCommand() :
{
    SqlIdentifier table = null;
    Grantee holder = null;
    final Name name;
}
{
    <#-- A context value may be called by any of these words, in quotes. -->
    LOOKAHEAD({ getToken(1).kind == ROLES })
    <ROLES>
    { return Command.Show.of(Listing.ROLES, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == USERS })
    <USERS>
    { return Command.Show.of(Listing.USERS, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == RESTRICTIONS })
    <RESTRICTIONS> [ <ON> table = CompoundIdentifier() ]
    { return Command.Show.of(Listing.RESTRICTIONS, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == EFFECTIVE })
    <EFFECTIVE> <RESTRICTIONS> [ <FOR> holder = UserOrRole() ] [ <ON> table = CompoundIdentifier() ]
    { return Command.Show.of(Listing.EFFECTIVE_RESTRICTIONS, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == ROW })
    <ROW> <SECURITY> [ <ON> table = CompoundIdentifier() ]
    { return Command.Show.of(Listing.ROW_SECURITY, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == MASKS })
    <MASKS>
    { return Command.Show.of(Listing.MASKS, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == VIEWS })
    <VIEWS>
    { return Command.Show.of(Listing.VIEWS, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == CUBES })
    <CUBES> { return ShowCubes(CubeListing.CUBES); }
|
    LOOKAHEAD({ getToken(1).kind == HIERARCHIES })
    <HIERARCHIES> { return ShowCubes(CubeListing.HIERARCHIES); }
|
    LOOKAHEAD({ getToken(1).kind == LEVELS })
    <LEVELS> { return ShowCubes(CubeListing.LEVELS); }
|
    <MEASURES> { return ShowCubes(CubeListing.MEASURES); }
|
    LOOKAHEAD({ getToken(1).kind == GRANTS })
    <GRANTS> [ <FOR> holder = UserOrRole() ]
    { return Command.Show.of(Listing.GRANTS, holder, table); }
|
    LOOKAHEAD({ getToken(1).kind == AUDIT })
    <AUDIT>
    { return Command.Show.of(Listing.AUDIT, holder, table); }
|
    LOOKAHEAD(<SECURITY> <SCRIPT>)
    <SECURITY> <SCRIPT>
    (
        <WITHOUT> <PASSWORDS>
        { return Command.Show.of(Listing.SECURITY_SCRIPT_WITHOUT_PASSWORDS, holder, table); }
    |
        { return Command.Show.of(Listing.SECURITY_SCRIPT, holder, table); }
    )
|
    LOOKAHEAD(<CONTEXT> <VALUES>)
    <CONTEXT> <VALUES>
    { return new Command.ShowContextValues(); }
|
    LOOKAHEAD(<ROLE> <MAPPINGS>)
    <ROLE> <MAPPINGS>
    { return Command.Show.of(Listing.ROLE_MAPPINGS, holder, table); }
|
    <DEFAULT_> <ROLES>
    { return Command.Show.of(Listing.DEFAULT_ROLES, holder, table); }
|
    name = SimpleName()
    { return new Command.ShowContextValue(name); }
}

<#-- Rules on tables beside restrictions: whether one is required, who may read what, and masks. -->

Command CreateMask(boolean replace) :
{
    final Name name;
    final SqlIdentifier table;
    final SqlIdentifier column;
    final SqlParserPos open;
    final SqlNode expression;
    final SqlParserPos close;
    List<Name> to = new ArrayList<Name>();
    List<Name> except = new ArrayList<Name>();
}
{
    name = SimpleName() <ON> table = CompoundIdentifier() <LPAREN> column = SimpleIdentifier() <RPAREN>
    <USING> <LPAREN> { open = getPos(); }
    expression = Expression(ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN> { close = getPos(); }
    [ <TO> to = Names() ]
    [ <EXCEPT> except = Names() ]
    { return new Command.CreateMask(name, table, column, expression, open, close, replace, to, except); }
}

Command AlterTable() :
{
    final SqlIdentifier table;
    final boolean required;
}
{
    table = CompoundIdentifier() <SET> <ROW> <SECURITY>
    (
        <REQUIRED> { required = true; }
    |
        <OPTIONAL> { required = false; }
    )
    { return new Command.SetRowSecurity(table, required); }
}

Command ChangeSelect(boolean grant) :
{
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    SqlIdentifier column;
    final SqlIdentifier object;
    final Command.PrivilegeTarget on;
    final List<Name> grantees;
}
{
    [
        <LPAREN> column = SimpleIdentifier() { columns.add(column); }
        ( <COMMA> column = SimpleIdentifier() { columns.add(column); } )*
        <RPAREN>
    ]
    <ON>
    (
        <TABLE> object = CompoundIdentifier() { on = new Command.OnTable(object); }
    |
        <SCHEMA> object = SimpleIdentifier() { on = new Command.OnSchema(object); }
    )
    ( LOOKAHEAD({ grant }) <TO> | <FROM> )
    grantees = Names()
    { return new Command.ChangeSelect(grant, columns, on, grantees); }
}

<#-- Views -->

Command CreateView(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier view;
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    SqlIdentifier column;
    final SqlParserPos open;
    final SqlNode query;
}
{
    ifNotExists = IfNotExists() view = CompoundIdentifier()
    [
        <LPAREN> column = SimpleIdentifier() { columns.add(column); }
        ( <COMMA> column = SimpleIdentifier() { columns.add(column); } )*
        <RPAREN>
    ]
    <AS> { open = getPos(); }
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new Command.CreateView(view, columns, query, open, getPos(), replace, ifNotExists); }
}

Command DropView() :
{
    final boolean ifExists;
    final SqlIdentifier view;
}
{
    ifExists = IfExists() view = CompoundIdentifier()
    { return new Command.DropView(view, ifExists); }
}

<#-- Cubes -->

Command CreateCube(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier cube;
    final SqlIdentifier fact;
    boolean auto = true;
    final List<CubeCommand.HierarchyClause> hierarchies = new ArrayList<CubeCommand.HierarchyClause>();
    final List<CubeCommand.MeasureClause> measures = new ArrayList<CubeCommand.MeasureClause>();
}
{
    ifNotExists = IfNotExists() cube = CompoundIdentifier() <ON> fact = CompoundIdentifier()
    [
        <AUTO>
    |
        <MANUAL> { auto = false; }
    ]
    [
        <LPAREN> CubePart(hierarchies, measures)
        ( <COMMA> CubePart(hierarchies, measures) )*
        <RPAREN>
    ]
    {
        return new Command.OfCubes(
            new CubeCommand.Create(cube, fact, auto, hierarchies, measures, replace, ifNotExists));
    }
}

void CubePart(List<CubeCommand.HierarchyClause> hierarchies, List<CubeCommand.MeasureClause> measures) :
{
    final CubeCommand.HierarchyClause hierarchy;
    final CubeCommand.MeasureClause measure;
}
{
    hierarchy = HierarchyClause() { hierarchies.add(hierarchy); }
|
    measure = MeasureClause() { measures.add(measure); }
}

CubeCommand.HierarchyClause HierarchyClause() :
{
    final SqlIdentifier name;
    final List<CubeCommand.LevelClause> levels = new ArrayList<CubeCommand.LevelClause>();
    boolean slicing = false;
    SqlIdentifier dimension = null;
}
{
    <HIERARCHY> name = SimpleIdentifier()
    <LPAREN> LevelClause(levels) ( <COMMA> LevelClause(levels) )* <RPAREN>
    [ <SLICING> { slicing = true; } ]
    [ <DIMENSION> dimension = SimpleIdentifier() ]
    { return new CubeCommand.HierarchyClause(name, levels, slicing, Optional.ofNullable(dimension)); }
}

void LevelClause(List<CubeCommand.LevelClause> levels) :
{
    final SqlIdentifier name;
    final SqlIdentifier column;
}
{
    <LEVEL> name = SimpleIdentifier() <AS> column = CompoundIdentifier()
    { levels.add(new CubeCommand.LevelClause(name, column)); }
}

CubeCommand.MeasureClause MeasureClause() :
{
    final SqlIdentifier name;
    final SqlParserPos open;
    final SqlNode expression;
    final SqlParserPos end;
    SqlNode format = null;
    SqlNode description = null;
}
{
    <MEASURE> name = SimpleIdentifier() <AS> { open = getPos(); }
    expression = Expression(ExprContext.ACCEPT_SUB_QUERY) { end = getPos(); }
    [ <FORMAT> format = StringLiteral() ]
    [ <DESCRIPTION> description = StringLiteral() ]
    {
        return new CubeCommand.MeasureClause(
            name, expression, open, end, Optional.ofNullable(format), Optional.ofNullable(description));
    }
}

Command AlterCube() :
{
    final SqlIdentifier cube;
    final CubeCommand.HierarchyClause hierarchy;
    final CubeCommand.MeasureClause measure;
    final Part.Kind kind;
    final SqlIdentifier name;
}
{
    cube = CompoundIdentifier()
    (
        <ADD>
        (
            hierarchy = HierarchyClause()
            { return new Command.OfCubes(new CubeCommand.AddHierarchy(cube, hierarchy)); }
        |
            measure = MeasureClause()
            { return new Command.OfCubes(new CubeCommand.AddMeasure(cube, measure)); }
        )
    |
        <DROP>
        (
            <HIERARCHY> { kind = Part.Kind.HIERARCHY; }
        |
            <MEASURE> { kind = Part.Kind.MEASURE; }
        )
        name = SimpleIdentifier()
        { return new Command.OfCubes(new CubeCommand.DropPart(cube, kind, name)); }
    )
}

Command DropCube() :
{
    final boolean ifExists;
    final SqlIdentifier cube;
}
{
    ifExists = IfExists() cube = CompoundIdentifier()
    { return new Command.OfCubes(new CubeCommand.Drop(cube, ifExists)); }
}

Command AlterVisibility(Name role) :
{
    final Part.Kind kind;
    final SqlIdentifier name;
    final SqlIdentifier cube;
    boolean set = false;
    boolean shown = false;
}
{
    (
        <SET> { set = true; }
    |
        <RESET>
    )
    <VISIBILITY> <OF>
    (
        <DIMENSION> { kind = Part.Kind.DIMENSION; }
    |
        <HIERARCHY> { kind = Part.Kind.HIERARCHY; }
    |
        <MEASURE> { kind = Part.Kind.MEASURE; }
    )
    name = SimpleIdentifier() <IN> <CUBE> cube = CompoundIdentifier()
    [
        LOOKAHEAD({ set })
        (
            <SHOWN> { shown = true; }
        |
            <HIDDEN>
        )
    ]
    {
        if (set && getToken(0).kind != SHOWN && getToken(0).kind != HIDDEN) {
            throw new ParseException("write `SHOWN` or `HIDDEN` at the end");
        }
        return new Command.OfCubes(new CubeCommand.Visibility(
            role, kind, name, cube, set ? Optional.of(shown) : Optional.<Boolean>empty()));
    }
}

Command AlterDefaultMember(Grantee grantee) :
{
    final SqlIdentifier hierarchy;
    final SqlIdentifier cube;
    final SqlNodeList path;
}
{
    <SET> <DEFAULT_> <MEMBER> <OF> <HIERARCHY> hierarchy = SimpleIdentifier()
    <IN> <CUBE> cube = CompoundIdentifier() <TO> path = MemberPath()
    { return new Command.OfCubes(new CubeCommand.DefaultMember(grantee, hierarchy, cube, Optional.of(path))); }
|
    <RESET> <DEFAULT_> <MEMBER> <OF> <HIERARCHY> hierarchy = SimpleIdentifier()
    <IN> <CUBE> cube = CompoundIdentifier()
    {
        return new Command.OfCubes(
            new CubeCommand.DefaultMember(grantee, hierarchy, cube, Optional.<SqlNodeList>empty()));
    }
}

SqlNodeList MemberPath() :
{
    final Span s;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    <LPAREN> { s = span(); }
    value = Expression(ExprContext.ACCEPT_NON_QUERY) { values.add(value); }
    ( <COMMA> value = Expression(ExprContext.ACCEPT_NON_QUERY) { values.add(value); } )*
    <RPAREN>
    { return new SqlNodeList(values, s.end(this)); }
}

<#-- After MEMBERS. -->
Command ChangeMembers(boolean grant) :
{
    final List<SqlNodeList> paths = new ArrayList<SqlNodeList>();
    SqlNodeList path;
    final SqlIdentifier hierarchy;
    final SqlIdentifier cube;
    final Name role;
}
{
    [
        path = MemberPath() { paths.add(path); }
        ( <COMMA> path = MemberPath() { paths.add(path); } )*
    ]
    <OF> <HIERARCHY> hierarchy = SimpleIdentifier() <IN> <CUBE> cube = CompoundIdentifier()
    ( LOOKAHEAD({ grant }) <TO> | <FROM> ) <ROLE> role = SimpleName()
    { return new Command.OfCubes(new CubeCommand.Members(grant, paths, hierarchy, cube, role)); }
}

Command ShowCubes(CubeListing listing) :
{
    SqlIdentifier cube = null;
}
{
    [ <IN> cube = CompoundIdentifier() ]
    { return new Command.ShowCubes(listing, Optional.ofNullable(cube)); }
}

<#-- AGGREGATE(measure) AT (ALL level, …): the levels become operands of what stands before. -->
void MeasureAt(List<Object> list, ExprContext exprContext, Span s) :
{
    final List<SqlNode> levels = new ArrayList<SqlNode>();
    SqlNode level;
}
{
    <AT> <LPAREN> { s.clear().add(this); MeasureCalls.checkAll(getToken(1)); }
    <ALL> { MeasureCalls.checkLevel(getToken(1), true); }
    [
        level = CompoundIdentifier() { levels.add(level); }
        (
            <COMMA> { MeasureCalls.checkLevel(getToken(1), false); }
            level = CompoundIdentifier() { levels.add(level); }
        )*
    ]
    <RPAREN>
    { MeasureCalls.lift(list, levels, s.end(this)); }
}

<#-- Roles that come with those of identity providers, or with none. -->

Command CreateRoleMapping() :
{
    final boolean ifNotExists;
    final SqlNode from;
    final List<Name> to;
}
{
    ifNotExists = IfNotExists() <FROM> from = StringLiteral() <TO> to = Names()
    { return new Command.Security(new SecurityCommand.CreateRoleMapping(SqlCommand.text(from), to, ifNotExists)); }
}

Command DropRoleMapping() :
{
    final boolean ifExists;
    final SqlNode from;
    List<Name> to = new ArrayList<Name>();
}
{
    ifExists = IfExists() <FROM> from = StringLiteral() [ <TO> to = Names() ]
    { return new Command.Security(new SecurityCommand.DropRoleMapping(SqlCommand.text(from), to, ifExists)); }
}

Command SetDefaultRoles() :
{
    List<Name> roles = new ArrayList<Name>();
}
{
    <SET> <DEFAULT_> <ROLES> <LPAREN> [ roles = Names() ] <RPAREN>
    { return new Command.Security(new SecurityCommand.SetDefaultRoles(roles)); }
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
    <SET> NotPassword() name = SimpleName() <EQ> value = Expression(ExprContext.ACCEPT_NON_QUERY)
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
    <#-- A context value may be called SESSION. -->
    LOOKAHEAD(<SESSION> <AUTHORIZATION>)
    <SESSION> <AUTHORIZATION>
    (
        <DEFAULT_>
        { return new Command.SetSessionAuthorization(Optional.<Name>empty()); }
    |
        name = NameOrText()
        { return new Command.SetSessionAuthorization(Optional.of(name)); }
    )
|
    [ <GLOBAL> { global = true; } ]
    NotPassword() name = SimpleName() <EQ> value = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return new Command.SetContextValue(global, name, value); }
}

<#-- In other databases a password is set so; here that would be a context value, and be recorded. -->
void NotPassword() :
{
}
{
    {
        if (getToken(1).kind == PASSWORD) {
            throw SqlCommand.passwordIsNoValue(getToken(1).beginLine, getToken(1).beginColumn);
        }
    }
}

Command ResetCommand() :
{
    boolean global = false;
    Name name = null;
}
{
    LOOKAHEAD(<SESSION> <AUTHORIZATION>)
    <SESSION> <AUTHORIZATION>
    { return new Command.SetSessionAuthorization(Optional.<Name>empty()); }
|
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
    boolean isHash = false;
    final SqlNode text;
}
{
    <PASSWORD> [ <HASH> { isHash = true; } ] text = StringLiteral()
    { return PasswordLiteral.of(text, isHash); }
}

Name SimpleName() :
{
    final SqlIdentifier identifier;
}
{
    identifier = SimpleIdentifier()
    { return Name.of(identifier.getSimple()); }
}

<#-- SQL writes a user here as a text, PostgreSQL also as a name. -->
Name NameOrText() :
{
    final SqlNode text;
    final Name name;
}
{
    text = StringLiteral()
    { return SqlCommand.name(text); }
|
    name = SimpleName()
    { return name; }
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
