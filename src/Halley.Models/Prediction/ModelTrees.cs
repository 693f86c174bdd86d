using System.Globalization;
using Halley.Boosting;

namespace Halley.Models;

/// <summary>A model cut down to some of its trees: what it predicted before the others were grown.</summary>
public static class ModelTrees
{
    /// <summary>The model of trees <paramref name="first"/> to <paramref name="end"/>, the last left out, with its start and offset.</summary>
    /// <remarks>It has no check rows: those belong to the whole model. A round of a model of K outputs has K trees.</remarks>
    /// <exception cref="HalleyException">HLY3307: the model has no trees, or not so many.</exception>
    public static FittedModel Slice(FittedModel model, int first, int end)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Scorer is not TreeEnsemble trees)
            throw new HalleyException("HLY3307", $"model '{model.Name}' has no trees to choose from. Leave --trees out.");
        if (first < 0 || first > end || end > trees.TreeCount)
            throw new HalleyException(
                "HLY3307",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"model '{model.Name}' has trees 0 to {trees.TreeCount - 1}, and {first}..{end} are asked for. Give a number up to {trees.TreeCount}, or FROM..TO with TO left out."
                )
            );
        return new(model.Header, trees.Slice(first, end - first), checkRows: null, model.OffsetModel);
    }
}
