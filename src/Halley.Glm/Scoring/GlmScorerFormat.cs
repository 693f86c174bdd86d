using System.Buffers;
using Halley.Data;

namespace Halley.Glm;

/// <summary>A <see cref="GlmScorer"/> as bytes: little endian, doubles in full, no code.</summary>
/// <remarks>
/// <code>
/// magic  inputs: name kind levels   constant   terms: name coders bases coefficients
/// coder: kind input missingCode levels  (category: values | value: numbers unseenCode | band: cuts)
/// basis: kind input whenMissing         (powers: degree | orthogonal: centres norms | spline: degree linearOutside low high knots map)
/// </code>
/// Every list is its count and its items.
/// </remarks>
public sealed class GlmScorerFormat : IScorerFormat
{
    /// <summary>"HGLM".</summary>
    internal const int Magic = 0x4D4C4748;

    /// <inheritdoc/>
    public string Name => "halley.glm/1";

    /// <inheritdoc/>
    public bool CanWrite(IScorer scorer) => scorer is GlmScorer;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The scorer is of another kind.</exception>
    public void Write(IScorer scorer, IBufferWriter<byte> destination)
    {
        if (scorer is not GlmScorer glm)
            throw new ArgumentException($"a {scorer.GetType().Name} is not a GLM.", nameof(scorer));
        var writer = new ByteWriter(destination);
        writer.Int(Magic);
        writer.Int(glm.Inputs.Count);
        foreach (var input in glm.Inputs)
        {
            writer.Text(input.Name);
            writer.Byte((byte)input.Kind);
            writer.Texts(input.Levels?.Levels ?? []);
        }
        writer.Double(glm.Constant);
        writer.Int(glm.Terms.Count);
        foreach (var term in glm.Terms)
            Write(writer, term);
    }

    /// <inheritdoc/>
    /// <exception cref="HalleyException">HLY2120: the bytes are not a whole and consistent scorer.</exception>
    public IScorer Read(ReadOnlyMemory<byte> source) => new GlmScorerReader(source).Read();

    static void Write(ByteWriter writer, ScorerTerm term)
    {
        writer.Text(term.Encoded.Name);
        writer.Int(term.Encoded.Coders.Count);
        foreach (var coder in term.Encoded.Coders)
            Write(writer, coder);
        writer.Int(term.Encoded.Bases.Count);
        foreach (var basis in term.Encoded.Bases)
            Write(writer, basis);
        writer.Doubles(term.Coefficients);
    }

    static void Write(ByteWriter writer, LevelCoder coder)
    {
        writer.Byte((byte)CoderKindOf(coder));
        writer.Int(coder.Input);
        writer.Int(coder.MissingCode);
        writer.Texts(coder.Levels);
        switch (coder)
        {
            case CategoryCoder category:
                writer.Int(category.ValueCount);
                break;
            case ValueCoder values:
                writer.Doubles(values.Values);
                writer.Int(values.UnseenCode);
                break;
            case BandCoder bands:
                writer.Doubles(bands.Cuts);
                break;
        }
    }

    static void Write(ByteWriter writer, NumberBasis basis)
    {
        writer.Byte((byte)BasisKindOf(basis));
        writer.Int(basis.Input);
        writer.Double(basis.WhenMissing);
        switch (basis)
        {
            case PowerBasis:
                writer.Int(basis.Width);
                break;
            case OrthogonalBasis orthogonal:
                writer.Doubles(orthogonal.Centres);
                writer.Doubles(orthogonal.SquaredNorms);
                break;
            case SplineBasis { Shape: var shape }:
                writer.Int(shape.Degree);
                writer.Byte(shape.IsLinearOutside ? (byte)1 : (byte)0);
                writer.Double(shape.Low);
                writer.Double(shape.High);
                writer.Doubles(shape.Knots);
                writer.Doubles(shape.Map);
                break;
        }
    }

    static CoderKind CoderKindOf(LevelCoder coder) =>
        coder switch
        {
            CategoryCoder => CoderKind.Category,
            ValueCoder => CoderKind.Value,
            _ => CoderKind.Band,
        };

    static BasisKind BasisKindOf(NumberBasis basis) =>
        basis switch
        {
            IdentityBasis => BasisKind.Identity,
            LogBasis => BasisKind.Log,
            PowerBasis => BasisKind.Powers,
            SplineBasis => BasisKind.Spline,
            _ => BasisKind.Orthogonal,
        };
}
