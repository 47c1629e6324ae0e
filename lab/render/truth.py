"""The exact matte: the same camera, the product painted solid white, everything else cut away."""

from collections.abc import Collection

import bpy


def solid_white() -> bpy.types.Material:
    """Return a shadeless material, so that only coverage is rendered and glass counts as solid."""
    material = bpy.data.materials.new("truth")
    material.use_nodes = True
    nodes = material.node_tree.nodes
    nodes.clear()
    emission, output = nodes.new("ShaderNodeEmission"), nodes.new("ShaderNodeOutputMaterial")
    material.node_tree.links.new(emission.outputs[0], output.inputs["Surface"])
    return material


def show_truth(products: Collection[bpy.types.Object], samples: int) -> None:
    """Turn the scene into its matte: the rest still hides what stands behind it, but is itself not seen."""
    scene = bpy.context.scene
    for obj in scene.objects:
        if obj.type in {"MESH", "CURVE"} and obj not in products:
            obj.is_holdout = True
    bpy.context.view_layer.material_override = solid_white()
    scene.render.film_transparent = True
    cycles = scene.cycles
    cycles.samples, cycles.use_denoising = samples, False
    cycles.use_adaptive_sampling, cycles.adaptive_threshold, cycles.adaptive_min_samples = True, 0.005, 8
    cycles.max_bounces = 0
