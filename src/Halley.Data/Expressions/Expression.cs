namespace Halley.Data.Expressions;

/// <summary>A parsed formula over named values: parsed once, compiled into the plan of a model, a decision or a table. Immutable.</summary>
/// <remarks>
/// Values are numbers, categories, booleans and dates, each of which may be missing.
/// <list type="bullet">
/// <item>A missing operand makes arithmetic, functions and comparisons missing; so does a result that is no finite number (1/0, log(0)).</item>
/// <item><c>and</c>, <c>or</c>, <c>not</c> are three-valued: <c>false and missing</c> is false, <c>true or missing</c> is true.</item>
/// <item><c>if</c> with a missing condition is missing; <c>is_missing</c> never is; <c>coalesce</c> takes the first that is not.</item>
/// <item>A text beside a category must be one of its levels, which is checked when the formula is compiled.</item>
/// </list>
/// The guide lists operators and functions.
/// </remarks>
public sealed class Expression
{
    readonly SourceText source;
    readonly Node root;

    Expression(SourceText source, Node root)
    {
        this.source = source;
        this.root = root;
        (Names, Tables) = NameCollector.Collect(root);
    }

    /// <summary>As it was written.</summary>
    public string Text => source.Text;

    /// <summary>Fields and steps that it reads, in the order in which they first appear.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Lookup tables that it reads.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>Texts that a name is compared with by ==, != or in: levels that it must have.</summary>
    public IReadOnlyList<string> TextsBeside(string name) =>
        [.. TextCollector.Beside(name, root).Distinct(StringComparer.Ordinal)];

    /// <param name="place">What the text belongs to, for messages; for example <c>step 'premium'</c>.</param>
    /// <exception cref="HalleyException">HLY1201 the text is not an expression, HLY1206 it is too long or too deep; with line, column and a caret.</exception>
    public static Expression Parse(string text, string place = "expression")
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = new SourceText(text, place);
        return new(source, Parser.Parse(source));
    }

    /// <summary>Checks types and adds the instructions to <paramref name="builder"/>; returns the slot that will hold the value.</summary>
    /// <param name="scope">Fields and steps by name.</param>
    /// <param name="tables">Lookup tables by name.</param>
    /// <exception cref="HalleyException">HLY1202 to HLY1205; with line, column and a caret.</exception>
    public SlotRef Compile(
        PlanBuilder builder,
        IReadOnlyDictionary<string, SlotRef> scope,
        IReadOnlyDictionary<string, LookupTable>? tables = null
    ) => new Compiler(source, builder, scope, tables).CompileRoot(root);

    /// <summary>Type of the value, for fields and steps of the given types.</summary>
    /// <exception cref="HalleyException">As <see cref="Compile"/>.</exception>
    public SlotType TypeIn(IReadOnlyDictionary<string, SlotType> scope, IReadOnlyDictionary<string, LookupTable>? tables = null)
    {
        var builder = new PlanBuilder();
        return Compile(builder, scope.ToDictionary(entry => entry.Key, entry => builder.Allocate(entry.Value)), tables).Type;
    }

    /// <summary>The formula in one spelling, with as few brackets as needed; parsing it gives the same formula.</summary>
    public override string ToString() => Printer.Print(root);
}
