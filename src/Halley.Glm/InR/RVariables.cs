using System.Text;
using Halley.Data;

namespace Halley.Glm;

/// <summary>The parts of a model's terms as variables of R's formula: their definitions, and what their columns are called.</summary>
/// <param name="column">The column as the rows' file has it.</param>
sealed class RVariables(Func<string, Column> column)
{
    readonly Dictionary<string, (string Name, string Definition)> known = new(StringComparer.Ordinal);
    readonly StringBuilder text = new();

    /// <summary>Names in use.</summary>
    internal HashSet<string> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>R lines that define every variable that was asked for, in that order.</summary>
    internal string Definitions => text.ToString();

    /// <summary>The variable that stands for a part.</summary>
    /// <exception cref="HalleyException">HLY2151: two parts of one name differ, or the part is not one that R's formulas have.</exception>
    internal string Of(TermPart part, IReadOnlyDictionary<int, double> given)
    {
        var name = part.Term.Name;
        var definition = part.Coder is null ? Numbers(part) : Levels(part, given);
        if (known.TryGetValue(name, out var earlier))
        {
            return earlier.Definition == definition
                ? earlier.Name
                : throw GlmErrors.NotInR(
                    $"'{name}' stands for two encodings of column '{part.InputName}'",
                    "Give one of them a label"
                );
        }
        var own = RText.Name(name, Taken);
        known.Add(name, (own, definition));
        text.Append("d$").Append(own).Append(" <- ").Append(definition).Append('\n');
        return own;
    }

    /// <summary>The name that R gives to a column of a part.</summary>
    internal string ColumnName(TermPart part, int index)
    {
        var name = known[part.Term.Name].Name;
        if (part.Coder is not null)
            return name + part.Coder.Levels[index];
        return part.Basis!.Width == 1 ? name : name + InvariantText.Of(index + 1);
    }

    /// <summary>The column, missing values replaced where the part says by what.</summary>
    string Values(TermPart part)
    {
        var values = Read(part);
        var whenMissing = part.Basis?.WhenMissing ?? double.NaN;
        return double.IsNaN(whenMissing) ? values : $"replaced({values}, {RText.Of(whenMissing)})";
    }

    string Read(TermPart part)
    {
        var values = $"rows[[{RText.Of(part.InputName)}]]";
        // Days since 1970-01-01, which is R's own count.
        return column(part.InputName) is DateColumn ? $"as.numeric(as.Date({values}))" : values;
    }

    string Numbers(TermPart part) =>
        (part.Term, part.Basis) switch
        {
            (LogTerm, _) => $"log({Values(part)})",
            (PolynomialTerm { Orthogonal: true } poly, { Width: > 1 }) => $"poly({Values(part)}, {poly.Degree})",
            (PolynomialTerm { Orthogonal: true }, _) => $"poly({Values(part)}, 1)[, 1]",
            (_, PowerBasis { Width: > 1 } powers) => $"outer({Values(part)}, 1:{powers.Width}, \"^\")",
            (NaturalSplineTerm, SplineBasis spline) => Spline(part, spline, "ns", ""),
            (BSplineTerm bSpline, SplineBasis spline) => Spline(part, spline, "bs", $"degree = {bSpline.Degree}, "),
            (NumericTerm or PolynomialTerm, _) => Values(part),
            _ => throw GlmErrors.NotInR($"'{part.Term.Name}' is a term that the script has no words for", "Leave it out"),
        };

    string Spline(TermPart part, SplineBasis spline, string function, string more)
    {
        var shape = spline.Shape;
        var inner = shape.Knots.Where(knot => knot > shape.Low && knot < shape.High);
        var ends = RText.Of([shape.Low, shape.High]);
        var whole = $"{function}({Values(part)}, {more}knots = {RText.Of(inner)}, Boundary.knots = {ends})";
        return spline.Width == 1 ? whole + "[, 1]" : whole;
    }

    string Levels(TermPart part, IReadOnlyDictionary<int, double> given)
    {
        var coder = part.Coder!;
        var code = coder switch
        {
            BandCoder bands => $"findInterval({Read(part)}, {RText.Of(bands.Cuts.ToArray())}) + 1",
            ValueCoder values => $"match({Read(part)}, {RText.Of(values.Values.ToArray())})",
            CategoryCoder categories => $"match({Read(part)}, {RText.Of(coder.Levels.Take(categories.ValueCount))})",
            _ => throw GlmErrors.NotInR($"'{part.Term.Name}' has levels that the script has no words for", "Leave it out"),
        };
        var missing = coder.MissingCode == LevelCoder.None ? "NA" : InvariantText.Of(coder.MissingCode + 1);
        // A level with a given relativity has no column: it stands with the base, and the relativity in the offset.
        var toBase = given.Count == 0 ? "" : $", to_base = {RText.Of(given.Keys.Order().Select(cell => cell + 1.0))}";
        return $"coded({code}, missing = {missing}, base = {Math.Max(part.BaseLevel, 0) + 1}{toBase},\n  levels = {RText.Of(coder.Levels)})";
    }

    /// <summary>What given relativities add to the linear predictor, as an expression; null where there are none.</summary>
    internal string? Given(DesignTerm term)
    {
        if (term.Fixed.Count == 0)
            return null;
        var own = term.Parts[0];
        var each = Enumerable.Range(0, own.Coder!.Levels.Count).Select(cell => term.Fixed.GetValueOrDefault(cell));
        var bare = Levels(own, new Dictionary<int, double>());
        return $"{RText.Of(each)}[match({bare},\n  {RText.Of(own.Coder.Levels)})]";
    }
}
